import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, win32 } from 'node:path';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import type { NodeProgram, ProgramOptions, ProgramResult } from '../node/backing.ts';
import { type HostCommand, runOnHost } from '../node/host-process.ts';
import { msiexec } from './msiexec.ts';
import type { RegisteredService } from './node-state.ts';
import type { ServiceProgram, SimulatedServices } from './services.ts';
import { isWindowsPath, settingIn, translateFolder, translationFolder } from './translate.ts';

/** What the programs of a simulated node find around them. */
export interface Surroundings {
  readonly root: string;
  readonly hostPath: (path: string) => string;
  readonly services: SimulatedServices;
  readonly address: string;
  /** Glance for this machine, or why there is none. */
  readonly glance: { readonly venv: string } | { readonly missing: string };
  /** In place of MySQL URLs; absent where MySQL runs. */
  readonly database?: string;
}

/** The programs that a simulated node knows: msiexec, and the launcher, the probe and the load on the package's own Python. */
export async function runSimulated(
  here: Surroundings,
  program: NodeProgram,
  options: ProgramOptions,
): Promise<ProgramResult> {
  const name = win32
    .basename(program.file)
    .toLowerCase()
    .replace(/\.exe$/, '');
  if (name === 'msiexec') {
    const exitCode = await msiexec(here, program.arguments);
    return { exitCode, stdout: '', stderr: '', timedOut: false };
  }
  const known = win32.isAbsolute(program.file) && existsSync(here.hostPath(program.file));
  const probe = probeWords(program.arguments);
  if (known && name === 'python' && probe) return runOnHost(probeCommand(here, probe), options);
  const words = launcherWords(program.arguments);
  if (!known || name !== 'python' || !words)
    throw new AgentFailure(
      'ProgramNotFound',
      `a simulated node has no program ${program.file}`,
      'ObjectNotFound',
    );
  return runOnHost(launcherCommand(here, words, program.environment), options);
}

/** The program of this machine that stands for a service: the launcher's command in it. Throws AgentFailure for any other. */
export async function serviceProgram(
  here: Surroundings,
  service: RegisteredService,
): Promise<ServiceProgram> {
  const words = launcherWords(splitCommandLine(service.path));
  if (!words)
    throw new AgentFailure('ServiceFailed', `a simulated node cannot run ${service.path}`, 'NotImplemented');
  const command = launcherCommand(here, words);
  const config = command.arguments.find((word) => word.endsWith('.conf'));
  const port = Number((config && settingIn(config, 'bind_port')) ?? 9292);
  const host = (config && settingIn(config, 'bind_host')) || here.address;
  return {
    ...command,
    log: join(here.root, 'services', `${service.name}.log`),
    ready: async () => !words.includes('glance-api') || accepts(host, port),
  };
}

/** What tries a share, and what follows it on its command line; this machine's own Python runs it as well. */
function probeWords(words: readonly string[]): readonly string[] | undefined {
  const at = words.findIndex((word) => /[\\/]oriel_(probe|load)\.py$/i.test(word));
  return at < 0 ? undefined : words.slice(at);
}

function probeCommand(here: Surroundings, words: readonly string[]): HostCommand {
  return {
    file: 'python3',
    arguments: words.map((word) => (isWindowsPath(word) ? here.hostPath(word) : word)),
    directory: here.root,
    environment: {
      PATH: process.env.PATH,
      ORIEL_SANDBOX: process.env.ORIEL_SANDBOX,
      HOME: here.root,
      LC_ALL: 'C.UTF-8',
    },
  };
}

/** The launcher and what follows it on its command line: `C:\\...\\oriel_launcher.py glance-api --config-file ...`. */
function launcherWords(words: readonly string[]): readonly string[] | undefined {
  const at = words.findIndex((word) => /[\\/]oriel_launcher\.py$/i.test(word));
  return at < 0 || at + 1 === words.length ? undefined : words.slice(at);
}

function launcherCommand(
  here: Surroundings,
  [launcher = '', program = '', ...words]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): HostCommand {
  if ('missing' in here.glance)
    throw new AgentFailure(
      'ServiceFailed',
      `a simulated node has no ${program}: ${here.glance.missing}`,
      'NotInstalled',
    );
  const folder = translationFolder(here.root, program);
  // Those of the release that it runs, whatever the package holds.
  const translation = { ...here, metadefs: join(here.glance.venv, 'etc', 'glance', 'metadefs') };
  const translated = words.map((word) => {
    if (!isWindowsPath(word)) return word;
    return word.endsWith('.conf') ? translateFolder(word, folder, translation) : here.hostPath(word);
  });
  const config = translated.find((word) => word.endsWith('.conf'));
  const log = config && settingIn(config, 'log_file');
  if (log) mkdirSync(dirname(log), { recursive: true });
  return {
    ...programOf(here.glance.venv, here.hostPath(launcher), program, translated),
    directory: here.root,
    environment: {
      PATH: process.env.PATH,
      ORIEL_SANDBOX: process.env.ORIEL_SANDBOX,
      HOME: here.root,
      LC_ALL: 'C.UTF-8',
      NO_PROXY: '*',
      ...environment,
    },
  };
}

/** A script of Glance; or, of what the launcher adds to Glance, the installed launcher itself. */
function programOf(
  venv: string,
  launcher: string,
  program: string,
  words: readonly string[],
): Pick<HostCommand, 'file' | 'arguments'> {
  if (!['glance-schema', 'cache-maintenance'].includes(program))
    return { file: join(venv, 'bin', program), arguments: words };
  return { file: join(venv, 'bin', 'python'), arguments: [launcher, program, ...words] };
}

/** Words of a Windows command line; quotes group, and a path in quotes holds no escaped quote. */
function splitCommandLine(line: string): readonly string[] {
  return (line.match(/"[^"]*"|[^\s"]+/g) ?? []).map((word) => word.replaceAll('"', ''));
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
  });
}
