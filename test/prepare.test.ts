import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { everyPreparation, trickyKey } from '../scripts/check/every-preparation.ts';
import { powershellParser } from '../scripts/check/powershell/parse.ts';
import type { Script } from '../scripts/check/powershell/rule.ts';
import { rules } from '../scripts/check/powershell/rules.ts';
import { commandsOf } from '../scripts/check/powershell/uses.ts';
import { cmdletFacts, type WindowsServer } from '../scripts/floor/facts.ts';
import { nodePrepare } from '../src/commands/node/prepare.ts';
import { InputError } from '../src/errors.ts';
import { shell } from './agent/real-agent.ts';
import { runVerb } from './commands/verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-prepare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parser = powershellParser();
const facts = cmdletFacts();
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJhc2U2NA me@here';
writeFileSync(join(folder, 'key.pub'), `${publicKey}\n`);
writeFileSync(join(folder, 'private'), '-----BEGIN OPENSSH PRIVATE KEY-----\n');
const prepare = (...flags: readonly string[]) => runVerb(nodePrepare, ['node', 'prepare', ...flags]);

describe('oriel node prepare', () => {
  test('prints commands, each with its reason, that open one port to those who may connect', async () => {
    const { code, printed } = await prepare(
      '--key',
      join(folder, 'key.pub'),
      '--from',
      '10.0.0.5',
      '--from',
      '10.1.0.0/16',
    );
    expect(code).toBe(0);
    const steps = printed.split('\n').filter((line) => /^# \d\/\d /.test(line));
    expect(steps.map((line) => line.slice(0, 5))).toEqual(['# 1/5', '# 2/5', '# 3/5', '# 4/5', '# 5/5']);
    expect(printed).toContain("-LocalPort '22' -RemoteAddress @('10.0.0.5', '10.1.0.0/16') -Action 'Allow'");
    expect(printed).toContain(`+ '${publicKey}')`);
    expect(printed).not.toMatch(/DefaultShell.*=|TokenFilter/);
  });

  test('takes back from the last to the first, and only what it did', async () => {
    const { printed } = await prepare('--via', 'winrm', '--undo');
    const [rule, listener, certificate] = [
      'Remove-NetFirewallRule',
      'Remove-WSManInstance',
      'Remove-Item',
    ].map((name) => printed.indexOf(name));
    expect(rule).toBeGreaterThan(0);
    expect(listener).toBeGreaterThan(rule as number);
    expect(certificate).toBeGreaterThan(listener as number);
    expect(printed).toContain('# stays: WinRM runs on every Windows Server');
    expect(printed).not.toMatch(/^\s*(New|Add|Start)-/m);
  });

  test('touches the token filter only where it is asked to, and says what that means', async () => {
    expect((await prepare('--via', 'winrm')).printed).not.toContain('New-ItemProperty');
    const { printed } = await prepare('--via', 'winrm', '--token-filter');
    expect(printed).toMatch(/who has the password of one, has the node.*\n\$null = New-ItemProperty/);
  });

  test.each([
    ['an address that is none', ['--from', 'everybody']],
    ['a network that is too long', ['--from', '10.0.0.0/33']],
    ['a private key', ['--key', join(folder, 'private')]],
    ['a key that is not there', ['--key', join(folder, 'missing')]],
    ['a thumbprint that is none', ['--via', 'winrm', '--thumbprint', 'AB CD']],
    ['a name with a quote', ['--via', 'winrm', '--host-name', "node'; exit"]],
    ['a path that is none of Windows', ['--windows', '2012', '--zip', '/tmp/x.zip']],
    ['--run on another system than Windows', ['--run']],
  ])('refuses %s', async (_, flags) => {
    await expect(prepare(...flags)).rejects.toThrow(InputError);
  });
});

describe('oriel node prepare --jea', () => {
  test('adds the endpoint, and takes it back before all else', async () => {
    const { printed } = await prepare('--via', 'psremoting', '--jea', 'EXAMPLE\\oriel');
    const [remoting, endpoint] = ['Enable-PSRemoting', "Register-PSSessionConfiguration -Name 'Oriel'"];
    expect(printed.indexOf(remoting ?? '')).toBeGreaterThan(0);
    expect(printed.indexOf(endpoint ?? '')).toBeGreaterThan(printed.indexOf(remoting ?? ''));
    const { printed: back } = await prepare('--via', 'psremoting', '--jea', 'EXAMPLE\\oriel', '--undo');
    expect(back.indexOf('Unregister-PSSessionConfiguration')).toBeGreaterThan(0);
    expect(back.indexOf('Disable-PSRemoting')).toBeGreaterThan(
      back.indexOf('Unregister-PSSessionConfiguration'),
    );
  });

  test.each([
    ['another way', ['--via', 'winrm', '--jea', 'EXAMPLE\\oriel'], '--jea has no use with --via winrm'],
    ['no group', ['--via', 'psremoting', '--jea', 'a\nb'], '--jea names no group'],
  ])('refuses %s', async (_, flags, message) => {
    await expect(prepare(...flags)).rejects.toThrow(message);
  });
});

describe('every script of node prepare', () => {
  test.each(everyPreparation())(
    '$name keeps to PowerShell 3.0 and to the cmdlets of its Windows',
    async ({ windows, text }) => {
      const script = (await parser)(text);
      // They run in Windows PowerShell alone, and on one Windows each.
      const kept = Object.entries(rules).filter(([name]) => !['cmdlets', 'runtimes'].includes(name));
      expect(kept.flatMap(([, rule]) => rule(script))).toEqual([]);
      expect(cmdletsMissing(script, windows)).toEqual([]);
    },
  );
});

describe.skipIf(!shell)('every script of node prepare, on PowerShell', () => {
  test('parses, and a key in it is what was given', () => {
    const texts = everyPreparation().map(({ text }) => text);
    expect(texts).toHaveLength(4 * 6 * 3 * 2);
    writeFileSync(join(folder, 'scripts.json'), JSON.stringify(texts));
    const words = ['-NoProfile', '-NonInteractive', '-Command', readScripts];
    const printed = execFileSync('pwsh', words, {
      encoding: 'utf8',
      env: { ...process.env, FOLDER: folder },
    });
    const { problems, keys } = JSON.parse(printed) as Record<'problems' | 'keys', readonly string[]>;
    expect(problems).toEqual([]);
    expect(keys).toEqual([trickyKey]);
  });
});

/** Parses each script, and evaluates the sums of texts in it that are keys. */
const readScripts = `
$problems = @(); $keys = @()
foreach ($text in (Get-Content -Raw -LiteralPath "$env:FOLDER/scripts.json" | ConvertFrom-Json)) {
  $tokens = $null; $errors = $null
  $ast = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $errors)
  $problems += @($errors | ForEach-Object { $_.Message })
  $sums = $ast.FindAll({ $args[0] -is [Management.Automation.Language.ParenExpressionAst] -and $args[0].Extent.Text -like "('' + 'ssh-*" }, $true)
  foreach ($sum in $sums) { $keys += & ([ScriptBlock]::Create($sum.Extent.Text)) }
}
[Console]::Out.Write((ConvertTo-Json -Compress @{ problems = $problems; keys = @($keys | Sort-Object -Unique -CaseSensitive) } -EscapeHandling EscapeNonAscii))
`;

/** Cmdlets and parameters that a Windows does not have, by the table of the floor. */
function cmdletsMissing(script: Script, windows: string): readonly string[] {
  const server = `Server ${windows.replace('R2', ' R2')}` as WindowsServer;
  return commandsOf(script).flatMap(({ name, parameters }) => {
    const sets = facts.get(name)?.on[server];
    if (!sets) return [`${name} is not on ${server}`];
    const asked = parameters.filter((parameter) => parameter !== 'ErrorAction');
    const fits = sets.some((set) => asked.every((parameter) => parameter in set));
    return fits ? [] : [`${name} does not take ${asked.join(', ')} on ${server}`];
  });
}
