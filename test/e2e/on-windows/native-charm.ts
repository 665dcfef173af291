import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unpackCharm } from '../../charm/agent/machine.ts';
import { openToolServer } from '../../charm/agent/tool-server.ts';
import { unitNamed } from '../../charm/model/model.ts';
import type { RunHook } from '../../charm/model/simulate.ts';
import { toolNames } from '../../charm/model/tools/run-tool.ts';
import { addReplacements, type WindowsWorld } from './world.ts';

/** The agent of Juju 2.9 on a Windows node, as far as a charm sees it. */
export interface NativeCharm {
  readonly run: RunHook;
  /** Where the resources are, by name, as `resource-get` says it. */
  readonly resources: Readonly<Record<string, string>>;
  readonly close: () => void;
}

const juju = 'C:\\Juju';
const charm = `${juju}\\lib\\charm`;
const powerShell = 'C:\\Program Files\\PowerShell\\7';

/** Unpacks a charm on the node; `files` are those of its resources. */
export async function openNativeCharm(
  { drive, command }: Pick<WindowsWorld, 'drive' | 'command'>,
  archive: string,
  files: Readonly<Record<string, string>>,
): Promise<NativeCharm> {
  const here = (path: string): string => join(drive, ...path.slice(3).split('\\'));
  unpackCharm(archive, here(charm));
  addReplacements(join(here(charm), 'oriel'));
  makeTools(here(`${juju}\\tools`));
  nameTools(here(powerShell));
  const resources = Object.entries(files).map(([name, file]) => {
    const place = `${juju}\\resources\\${name}\\${file.split('/').at(-1)}`;
    mkdirSync(dirname(here(place)), { recursive: true });
    copyFileSync(file, here(place));
    return [name, place] as const;
  });
  const tools = await openToolServer({ host: '127.0.0.1', port: 0 });
  return {
    resources: Object.fromEntries(resources),
    close: tools.close,
    async run(context, environment) {
      const all = {
        ...environment,
        ...{ JUJU_CHARM_DIR: charm, JUJU_CONTEXT_ID: 'a-context', JUJU_AGENT_SOCKET_ADDRESS: tools.address },
        Path: `${juju}\\tools;${powerShell};%Path%`,
      };
      const script = [
        '@echo off',
        ...Object.entries(all).map(([name, value]) => `set ${name}=${value}`),
        `cd /d ${charm}`,
        // The words are those of Juju 2.9 (worker/uniter/runner/args.go).
        `powershell.exe -NonInteractive -ExecutionPolicy RemoteSigned -File ${charm}\\dispatch.ps1`,
        'exit /b %ERRORLEVEL%',
      ];
      writeFileSync(here(`${juju}\\hook.cmd`), script.map((line) => `${line}\r\n`).join(''));
      tools.context = context;
      const { code, stdout, stderr } = await command(`${juju}\\hook.cmd`);
      tools.context = undefined;
      unitNamed(context.model, context.unit).log.push(stdout, stderr);
      return code;
    },
  };
}

/** Programs of Windows: PowerShell and Node start them by their names with `.exe`. */
function makeTools(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const [first = '', ...others] = toolNames.map((name) => join(folder, `${name}.exe`));
  const source = join('test', 'charm', 'agent', 'hook-tool.c');
  execFileSync('x86_64-w64-mingw32-gcc', ['-O2', '-s', '-o', first, source, '-lws2_32', '-lshell32']);
  for (const other of others) linkSync(first, other);
}

/** PowerShell finds no program on its PATH in Wine, whatever it is called, cmd.exe included; an alias with a whole path it does. */
function nameTools(powerShell: string): void {
  const aliases = toolNames.map((name) => `Set-Alias ${name}.exe ${juju}\\tools\\${name}.exe\r\n`);
  writeFileSync(join(powerShell, 'profile.ps1'), aliases.join(''));
}
