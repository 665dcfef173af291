import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { processesOf } from '../../../src/sandbox/wine/prefix.ts';
import { type Ended, runOriel } from '../oriel.ts';

/** A Windows node on which somebody has logged in, with Node and oriel in `C:\oriel`. */
export interface WindowsWorld {
  /** Drive C: of the node. */
  readonly drive: string;
  readonly address: string;
  /** The folder of the sandbox. */
  readonly sandbox: string;
  /** Runs oriel for Linux, which builds the package. */
  readonly oriel: (...args: readonly string[]) => Promise<Ended>;
  /** Runs oriel on the node; its exit code is -1 where the link went before its end. */
  readonly there: (...args: readonly string[]) => Promise<Ended>;
  /** Runs a command line of cmd.exe there, in the same way. */
  readonly command: (line: string) => Promise<Ended>;
  /** As `there`, and sends it the signal that Wine makes of Ctrl-C once its output has what pleases. */
  readonly interruptThere: (matches: RegExp, ...args: readonly string[]) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

/** Makes the world below a temporary folder. `node`: node.exe; `host`: the second byte of the address of the node. */
export async function openWindowsWorld(node: string, host: number): Promise<WindowsWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-e2e-'));
  const sandbox = join(folder, 'sandbox');
  const address = `127.${host}.0.2`;
  const oriel = (...args: readonly string[]): Promise<Ended> => runOriel(args, folder);
  const down = async (): Promise<void> => {
    await oriel('sandbox', 'down', '--directory', sandbox);
    rmSync(folder, { recursive: true, force: true });
  };
  const up = ['sandbox', 'up', '--directory', sandbox, '--address', address, '--nodes', '1', '--json'];
  const { code, stdout, stderr } = await oriel(...up);
  if (code !== 0) {
    await down();
    throw new Error(`the sandbox did not come up:\n${stderr}`);
  }
  const prefix = join(sandbox, 'nodes', 'glance-1', 'wine');
  const drive = join(prefix, 'drive_c');
  install(node, drive);
  const { port } = JSON.parse(stdout).nodes[0];
  const command = async (line: string): Promise<Ended> =>
    runThere(await logIn(sandbox, address, port), drive, line);
  const there = (...args: readonly string[]): Promise<Ended> => command([...program, ...args].join(' '));
  return {
    ...{ drive, address, oriel, there, command, sandbox },
    close: down,
    async interruptThere(matches, ...args) {
      let ended = false;
      const running = there(...args).finally(() => {
        ended = true;
      });
      const output = () => readFile(join(drive, 'out.txt'), 'utf8').catch(() => '');
      while (!ended && !matches.test(await output())) await sleep(100);
      const own = processesOf(prefix).filter((pid) => commandOf(pid).startsWith('C:\\oriel\\node.exe'));
      for (const pid of own) process.kill(pid, 'SIGINT');
      return running;
    },
  };
}

/** Empty for a process that is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const program = ['C:\\oriel\\node.exe', 'C:\\oriel\\dist\\oriel.cjs'];
const replacements = 'src/sandbox/powershell/replacements';

/** Adds to the data of oriel in a folder what a PowerShell in Wine has from the sandbox; it is read last of all parts of the agent. */
export function addReplacements(place: string): void {
  cpSync(replacements, join(place, 'agent/parts/zz-sandbox'), { recursive: true });
}

/** The program as it is shipped, with what a PowerShell in Wine has from the sandbox in place of what Wine lacks. */
function install(node: string, drive: string): void {
  const place = join(drive, 'oriel');
  mkdirSync(join(place, 'dist'), { recursive: true });
  copyFileSync(node, join(place, 'node.exe'));
  for (const file of ['package.json', 'dist/oriel.cjs']) copyFileSync(file, join(place, file));
  for (const data of ['agent', 'msi', 'templates']) cpSync(data, join(place, data), { recursive: true });
  addReplacements(place);
}

/** A node that restarts ends connections before their login: it is tried again until it is back. */
async function logIn(sandbox: string, host: string, port: number): Promise<ssh2.Client> {
  const privateKey = readFileSync(join(sandbox, 'id_ed25519'));
  for (let tries = 1; ; tries++) {
    const client = new ssh2.Client();
    const failure = await new Promise<Error | undefined>((resolve) => {
      client.once('ready', () => resolve(undefined)).on('error', resolve);
      client.once('close', () => resolve(new Error('the connection ended before its login')));
      client.connect({ host, port, username: 'oriel', privateKey });
    });
    if (!failure) return client;
    if (tries === 100) throw failure;
    await sleep(200);
  }
}

/** With its output in files: Node cannot write to pipes that come from outside of Wine. */
async function runThere(client: ssh2.Client, drive: string, line: string): Promise<Ended> {
  const [out, err] = [join(drive, 'out.txt'), join(drive, 'err.txt')];
  for (const file of [out, err]) rmSync(file, { force: true });
  const command = `${line} <NUL >C:\\out.txt 2>C:\\err.txt`;
  const code = await new Promise<number>((resolve, reject) => {
    client.on('close', () => resolve(-1));
    client.exec(command, (error, channel) => {
      if (error) return reject(error);
      channel.on('exit', (exit: number) => resolve(exit)).resume();
    });
  });
  client.end();
  return { code, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') };
}
