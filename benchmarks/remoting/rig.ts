import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { installPowerShell } from '../../src/sandbox/powershell/install.ts';
import { preparePowerShell } from '../../src/sandbox/powershell/package/copy.ts';
import { powerShellEnvironment, powerShellFolder } from '../../src/sandbox/powershell/start.ts';
import { winectl } from '../../src/sandbox/wine/control.ts';
import { bootPrefix, clonePrefix, ensureTemplate, wineEnvironment } from '../../src/sandbox/wine/prefix.ts';

/** Nodes behind a Debian OpenSSH server: so many ports of one server, and one Wine prefix that all sessions share. */
export interface Rig {
  readonly folder: string;
  readonly prefix: string;
  readonly ports: readonly number[];
  readonly identity: string;
  readonly knownHosts: string;
  readonly stop: () => Promise<void>;
}

const firstPort = 2301;
const sftpServer = '/usr/lib/openssh/sftp-server';

/** Makes all below `folder`, with the PowerShell for Windows that is the folder or zip `powerShell`. Ends what it started by `stop`. */
export async function startRig(folder: string, powerShell: string, nodes: number): Promise<Rig> {
  const prefix = join(folder, 'prefix');
  const cache = cacheDirectory();
  await clonePrefix(await ensureTemplate(cache), prefix);
  await installPowerShell(await preparePowerShell(powerShell, cache), prefix);
  const wine = await bootPrefix(prefix);
  const ports = Array.from({ length: nodes }, (_, index) => firstPort + index);
  const keys = makeKeys(folder);
  makeSftpRoot(folder, prefix);
  makeModule(join(prefix, 'drive_c', 'modules'));
  writeShell(folder, prefix);
  const server = await startServer(folder, ports);
  const stop = async (): Promise<void> => {
    server.kill();
    await wine.stop();
  };
  return { folder, prefix, ports, ...keys, stop };
}

function makeKeys(folder: string): Pick<Rig, 'identity' | 'knownHosts'> {
  const at = (name: string) => join(folder, name);
  const [host, identity, knownHosts] = [at('host'), at('id'), at('known_hosts')];
  for (const path of [host, identity])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  cpSync(`${identity}.pub`, join(folder, 'authorized_keys'));
  const key = execFileSync('ssh-keygen', ['-y', '-f', host], { encoding: 'utf8' }).trim();
  // Of whatever port: bytes are counted by a relay with ports of its own.
  writeFileSync(knownHosts, `* ${key}\n`);
  return { identity, knownHosts };
}

/**
 * The shell of the nodes: SFTP where it is asked for, and else PowerShell with what follows -EncodedCommand. That is what cmd.exe as
 * default shell makes of the line of each program, and costs both the same.
 */
function writeShell(folder: string, prefix: string): void {
  const environment = { ...wineEnvironment(prefix), ...powerShellEnvironment, PSModulePath: 'C:\\modules' };
  const program = `${powerShellFolder}\\pwsh.exe`;
  const options = '-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand';
  const lines = [
    '#!/bin/sh',
    `case "$SSH_ORIGINAL_COMMAND" in ${sftpServer}) exec chroot '${folder}/sftp' /sftp-server ;; esac`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
    'encoded=${SSH_ORIGINAL_COMMAND##*-EncodedCommand }',
    ...Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`),
    `cd '${prefix}/drive_c'`,
    `exec wine '${winectl}' run 'C:\\windows\\temp\\run-'$$.json - 0 '${program}' ${options} "\${encoded%%[!A-Za-z0-9+/=]*}"`,
  ];
  const path = join(folder, 'shell');
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

/**
 * Ansible calls PowerShell and chcp.com by these names, and PowerShell in Wine finds no program by its name alone: makes a module for
 * them in a folder of PSModulePath.
 */
export function makeModule(modules: string): void {
  const folder = join(modules, 'ProgramNames');
  mkdirSync(folder, { recursive: true });
  const aliases = {
    PowerShell: `${powerShellFolder}\\pwsh.exe`,
    'chcp.com': 'C:\\windows\\system32\\chcp.com',
  };
  const lines = Object.entries(aliases).map(([name, path]) => `Set-Alias -Name ${name} -Value '${path}'`);
  writeFileSync(
    join(folder, 'ProgramNames.psm1'),
    [...lines, 'Export-ModuleMember -Alias *', ''].join('\r\n'),
  );
  const names = Object.keys(aliases).map((name) => `'${name}'`);
  writeFileSync(
    join(folder, 'ProgramNames.psd1'),
    `@{ RootModule = 'ProgramNames.psm1'; ModuleVersion = '1.0'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(${names}) }\r\n`,
  );
}

/** SFTP of a node begins at `/C:/`: a root of its own for Debian's server, whose one folder the prefix has as well. */
function makeSftpRoot(folder: string, prefix: string): void {
  const root = join(folder, 'sftp');
  mkdirSync(join(root, 'C:', 'transfer'), { recursive: true });
  mkdirSync(join(root, 'dev'));
  execFileSync('mknod', ['-m', '666', join(root, 'dev', 'null'), 'c', '1', '3']);
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc', 'passwd'), 'root:x:0:0::/:/bin/sh\n');
  cpSync(sftpServer, join(root, 'sftp-server'));
  const libraries = execFileSync('ldd', [sftpServer], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  for (const library of libraries) cpSync(library, join(root, library), { dereference: true });
  symlinkSync(join(root, 'C:', 'transfer'), join(prefix, 'drive_c', 'transfer'));
}

async function startServer(folder: string, ports: readonly number[]): Promise<ChildProcess> {
  const config = join(folder, 'sshd_config');
  const lines = [
    'ListenAddress 127.0.0.1',
    ...ports.map((port) => `Port ${port}`),
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    ...['PidFile none', 'StrictModes no', 'UsePAM no', 'PermitRootLogin prohibit-password'],
    ...['MaxStartups 500:30:1000', 'MaxSessions 200', `Subsystem sftp ${sftpServer}`],
    `ForceCommand ${folder}/shell`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  mkdirSync('/run/sshd', { recursive: true });
  const log = openSync(join(folder, 'sshd.log'), 'a');
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', log, log] });
  for (const port of ports) await listening(server, port);
  return server;
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((done) => {
      socket.once('connect', () => done(true)).once('error', () => done(false));
    });
    socket.destroy();
    if (open) return;
    await sleep(50);
  }
  throw new TypeError('sshd did not start: see sshd.log');
}
