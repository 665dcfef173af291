import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/process.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { endpointFor } from '../../../src/session/psremoting/jea/endpoint.ts';
import { endpointScript } from '../../../src/session/psremoting/jea/script.ts';
import { expectGolden } from '../../render/golden.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { noPsremoting, pwsh, servedPowerShell } from '../kinds/psremoting.ts';

const endpoint = endpointFor('EXAMPLE\\oriel');
const folder = 'C:\\Program Files\\WindowsPowerShell\\Modules\\';
/** Below the folder of modules, as this machine writes it. */
const local = (path: string): string => path.slice(folder.length).replaceAll('\\', '/');
const textOf = (ending: string): string =>
  endpoint.files.find(({ path }) => path.endsWith(ending))?.text ?? expect.fail(`there is no ${ending}`);

describe('an endpoint with the agent', () => {
  it('has these files and commands, the same each time', () => {
    const small = endpoint.files.filter(({ path }) => !path.endsWith('Agent.ps1'));
    for (const { path, text } of small) expectGolden(text, 'jea', ...local(path).split('/').slice(1));
    expectGolden(`${[...endpoint.register, ...endpoint.unregister].join('\n')}\n`, 'jea', 'commands.txt');
    expect(endpointFor('EXAMPLE\\oriel')).toEqual(endpoint);
  });

  it('is a script in ASCII that writes these files, registers it, and another that takes it back', () => {
    const script = endpointScript(endpoint, false);
    expect(script).toMatch(/^[\n\x20-\x7e]*$/);
    const written = [
      ...script.matchAll(/WriteAllBytes\('([^']+)', \[Convert\]::FromBase64String\('([^']+)'\)\)/g),
    ];
    const files = written.map(([, path, text = '']) => ({
      path,
      text: Buffer.from(text, 'base64').toString(),
    }));
    expect(files).toEqual(endpoint.files);
    expect(script.trimEnd().split('\n').at(-1)).toBe(endpoint.register.join('\n'));
    expect(endpointScript(endpoint, true)).toMatch(
      /\nUnregister-PSSessionConfiguration .*\nRemove-Item .*\n$/,
    );
  });

  it('has the whole agent, which unpacks no source, in ASCII', () => {
    const text = textOf('Agent.ps1');
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text).toContain("$Calls['Get-Facts']");
    expect(text).toMatch(/\nStart-Agent \$r\n$/);
    expect(text).not.toMatch(/GZipStream|ScriptBlock\]::Create\(\(/);
  });

  it.each([
    ["O'Brien", "'O''Brien'"],
    ['a\u2018b\u2019c\u201ad\u201be', "'a\u2018\u2018b\u2019\u2019c\u201a\u201ad\u201b\u201be'"],
  ])('quotes the group %s, and marks a file that is not ASCII', (group, quoted) => {
    const text = endpointFor(group).files.find(({ path }) => path.endsWith('.pssc'))?.text ?? '';
    expect(text).toContain(`RoleDefinitions = @{ ${quoted} = @{ RoleCapabilities = 'OrielAgent' } }`);
    expect(text.startsWith('\ufeff')).toBe(/[^\x20-\x7e]/.test(group));
  });
});

describe.skipIf(noPsremoting)(`an endpoint in PowerShell for Linux${noPsremoting}`, () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let served: Awaited<ReturnType<typeof servedPowerShell>>;
  beforeAll(async () => {
    place = await temporaryFolder();
    const modules = join(place.folder, 'modules');
    for (const { path, text } of endpoint.files) {
      await mkdir(dirname(join(modules, local(path))), { recursive: true });
      await writeFile(join(modules, local(path)), text);
    }
    // Without Windows there are no roles and no virtual accounts: the configuration has what the role brings.
    const configuration = join(place.folder, 'endpoint.pssc');
    const own = textOf('.pssc').replace(/^(RunAsVirtualAccount|RoleDefinitions|ExecutionPolicy) .*\n/gm, '');
    const role = textOf('.psrc').match(/^(ModulesToImport|VisibleFunctions) .*$/gm) ?? [];
    await writeFile(configuration, own.replace(/\}\s*$/, `${role.join('\n')}\n}\n`));
    served = await servedPowerShell(place.folder, {
      modules,
      options: ` -ConfigurationFile ${configuration}`,
    });
  });
  afterAll(async () => {
    await served?.close();
    await place?.remove();
  });

  it('has files that PowerShell reads', async () => {
    const files = endpoint.files.map(({ path }) => join(place.folder, 'modules', local(path)));
    const data = files.filter((file) => /\.ps(d1|rc|sc)$/.test(file));
    const script = `$ErrorActionPreference='Stop'
      foreach ($file in '${data.join("','")}') { [void](Import-PowerShellDataFile -LiteralPath $file) }
      (Test-ModuleManifest -Path '${data.find((file) => file.endsWith('.psd1'))}').ExportedFunctions.Keys`;
    const { stdout } = await run(pwsh ?? '', ['-NoProfile', '-NonInteractive', '-Command', script]);
    expect(stdout.trim()).toBe('Start-OrielAgent');
  });

  it('answers calls by its one function', async () => {
    const session = await openSession({ ...(await served.settings()), jea: true });
    const path = join(place.folder, 'a file');
    await session.call({ call: 'Set-File', path, content: Buffer.from('x').toString('base64') });
    expect(await session.call({ call: 'Get-FileState', path })).toMatchObject({ kind: 'file', length: 1 });
    await session.close();
  });

  it('takes no source', async () => {
    const opened = openSession({ ...(await served.settings()), jea: false });
    await expect(opened).rejects.toThrow(/no-language mode/);
  });
});
