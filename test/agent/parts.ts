import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { agentSource } from '../../src/session/agent-link/launch.ts';
import { countedAgent } from './lines/noted.ts';
import { partCases } from './part-cases.ts';
import { endOf, type PowerShell } from './real-agent.ts';

/** Reads the source of the agent, and then scripts: each line one, in base64, answered with its result as a line of JSON. */
const evaluator = `$ErrorActionPreference='Stop'
$r=New-Object IO.StreamReader([Console]::OpenStandardInput(),(New-Object Text.UTF8Encoding $false))
$z=New-Object IO.Compression.GZipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String($r.ReadLine()))),[IO.Compression.CompressionMode]::Decompress)
. ([ScriptBlock]::Create((New-Object IO.StreamReader($z,[Text.Encoding]::ASCII)).ReadToEnd()))
$Agent['output']=[Console]::OpenStandardOutput()
Initialize-Protocol
while($null -ne ($line=$r.ReadLine())){
$script=[ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)))
try{$answer=@{result=@(& $script)}}catch{$answer=@{error=(ConvertTo-ErrorTable $_)}}
Send-Message $answer}`;

export interface Evaluator {
  /** What a script gives, as a list. Throws Error with the kind of its error before the message. */
  readonly evaluate: (script: string) => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}

/** Starts a PowerShell that has the functions of the agent and evaluates scripts one after the other. */
export async function evaluatorIn(
  { start, noted }: PowerShell,
  change = (source: string) => source,
): Promise<Evaluator> {
  const source = change(agentSource((await countedAgent(noted)) ?? dataFile('agent')));
  const encoded = Buffer.from(evaluator, 'utf16le').toString('base64');
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  const { input, output, words, ended } = await start(args);
  const said = endOf(words);
  const lines = createInterface(output)[Symbol.asyncIterator]();
  input.write(`${gzipSync(source).toString('base64')}\n`);
  return {
    evaluate: async (script) => {
      input.write(`${Buffer.from(script).toString('base64')}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`PowerShell ended: ${said()}`);
      const { result, error } = JSON.parse(value);
      if (error) throw new Error(`${error.kind}: ${error.message}`);
      return result;
    },
    close: async () => {
      input.end();
      await ended;
    },
  };
}

/** Registers tests of parts of the agent that no call shows alone. */
export function parts(title: string, open: () => Promise<PowerShell>): void {
  describe(`parts of the agent on ${title}`, () => {
    let shell: PowerShell;
    let here: Evaluator;
    beforeAll(async () => {
      shell = await open();
      here = await evaluatorIn(shell);
    });
    afterAll(() => here?.close());

    for (const { name, script, gives, fails } of partCases)
      it(name, async () => {
        if (fails) await expect(here.evaluate(script)).rejects.toThrow(fails);
        else expect(await here.evaluate(script)).toEqual(gives);
      });

    it('takes the names that Windows runs, as PATHEXT says', async () => {
      const namesOf = (name: string, endings: string) =>
        here.evaluate(`$env:PATHEXT = '${endings}'; Get-ProgramName '${name}'`);
      if (!shell.isWindows) {
        expect(await namesOf('git', '.EXE')).toEqual(['git']);
        return;
      }
      expect(await namesOf('git', '.COM;.EXE;')).toEqual(['git.COM', 'git.EXE']);
      expect(await namesOf('git.exe', '.COM;.EXE')).toEqual(['git.exe', 'git.exe.COM', 'git.exe.EXE']);
      expect(await namesOf('git.txt', ' .EXE ')).toEqual(['git.txt.EXE']);
      expect(await namesOf('git', '')).toEqual(['git.COM', 'git.EXE', 'git.BAT', 'git.CMD']);
    });

    it('walks PATH in its order, whatever is written there', async () => {
      const found = await here.evaluate(`
        $ending = if (Test-Windows) { '.exe' } else { '' }
        $env:PATHEXT = '.EXE'
        $top = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString())
        $folders = @('one', 'two [x]', 'three' | ForEach-Object { [IO.Path]::Combine($top, $_) })
        foreach ($each in $folders) { [void][IO.Directory]::CreateDirectory($each) }
        foreach ($each in $folders[1..2]) { [IO.File]::WriteAllText([IO.Path]::Combine($each, "tool$ending"), '') }
        [IO.File]::WriteAllText([IO.Path]::Combine($folders[2], "last[1]$ending"), '')
        $before = $env:PATH
        $separator = [IO.Path]::PathSeparator
        $second = if (Test-Windows) { '"{0}\\"' -f $folders[1] } else { $folders[1] + '/' }
        try {
          $env:PATH = @('.', '', '<|>', $folders[0], $second, $folders[2]) -join $separator
          foreach ($name in @('tool', 'last[1]', 'none')) {
            $path = Find-ProgramOnPath $name
            if ($null -eq $path) { '(none)' } else { $path.Substring($top.Length + 1).Replace('\\', '/') }
          }
        } finally { $env:PATH = $before; [IO.Directory]::Delete($top, $true) }`);
      const ending = shell.isWindows ? '.EXE' : '';
      expect(found).toEqual([`two [x]/tool${ending}`, `three/last[1]${ending}`, '(none)']);
    });
  });
}
