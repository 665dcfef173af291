import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, InputError } from '../../errors.ts';
import { isAbsent } from '../agent/failure/agent-failure.ts';
import { type StorageFaultName, storageFaults } from '../cluster/faults/index.ts';

/** Everything that can go wrong in a sandbox but for its storage. A new fault is added here first. */
const generalEffects = {
  'antivirus-blocks': 'PowerShell starts, and the virus scanner refuses the agent',
  'bash-is-shell': 'the default shell of SSH is a bash that knows no PowerShell',
  'clock-ahead': 'the clock of each node is ten minutes ahead',
  'certificate-expired': 'the certificate of WinRM over HTTPS was valid until yesterday',
  'certificate-unknown-issuer': 'the certificate of WinRM over HTTPS is of an issuer that nobody knows',
  'certificate-wrong-name': 'the certificate of WinRM over HTTPS is for another computer',
  'cluster-node-down': 'the cluster has lost S2D-2; its shares go on from S2D-1',
  'constrained-language': 'a policy holds PowerShell to Constrained Language Mode',
  'host-key-changed': 'each node shows another SSH host key than the recorded one',
  'login-refused': 'no SSH key is let in',
  'no-powershell': 'the shell of SSH finds no PowerShell',
  'no-sftp': 'SSH has no SFTP',
  'not-administrator': 'the account of a node is no administrator',
  'old-powershell': 'each node has PowerShell 2.0',
  'old-ssh': 'SSH speaks an encryption that nobody accepts any more',
  'passwords-only': 'SSH offers passwords and takes no key',
  'profile-prints': 'a profile prints words into each session',
  'programs-refused': 'SSH lets in, and starts no program',
  'restart-pending': 'Windows Update waits for a restart of each node, also after one',
  'script-policy': 'a group policy sets the execution policy AllSigned',
  'service-start-fails': 'a service of Python ends at once when it is started; one that runs goes on',
  'share-offline': 'the share \\\\SOFS1\\images is gone; its files come back with it',
  'shell-hangs': 'PowerShell does not come up: its start takes for ever',
  'slow-agent': 'everything that an agent says comes a second late',
  'small-memory-quota': 'a shell of WinRM may have 150 MB of memory',
  'ssh-away': 'nothing listens on the port of SSH, half a second after the switch',
  'ssh-closes': 'SSH takes connections and closes them without a word',
  'ssh-is-http': 'a web server has the port of SSH',
  'ssh-mute': 'SSH takes connections and says nothing',
  'storage-degraded': 'a disk has failed; pool and volume are degraded, and a repair runs',
  'system-disk-full': 'the system drive of each node has 200 MiB left',
  'token-filtered': 'the account is an administrator, and its token is not',
  'upload-disk-full': 'no file can be written by SFTP: there is not enough space on the disk',
  'winrm-account-blocked': 'WinRM lets nobody in, whatever the password',
  'winrm-basic-only': 'WinRM offers Basic alone',
  'winrm-clock-wrong': 'the clock that WinRM shows is an hour fast',
  'winrm-closes-idle': 'WinRM cuts a connection after two seconds without a message',
  'winrm-commands-end': 'every command over WinRM ends at once, with exit code 0 and no output',
  'winrm-empty-error': 'WinRM answers status 500 and nothing',
  'winrm-floods': 'an answer of WinRM has no end',
  'winrm-kerberos-only': 'WinRM offers Kerberos alone',
  'winrm-mute': 'WinRM takes messages and never answers',
  'winrm-no-shell': 'WinRM lets no account open a command shell',
  'winrm-old-ntlm': 'the NTLM of WinRM says neither its version nor its time',
  'winrm-proxy-page': 'a proxy between answers 403 and a page of HTML',
  'winrm-send-cut': 'every fifth Send ends in a reset when half of it is written',
  'winrm-send-timeout': 'every fifth Send is written and answered with a time-out',
  'winrm-slow': 'an answer of WinRM comes a second late',
  'winrm-stopped': 'WinRM is stopped, and HTTP.sys answers 503 in its place',
} as const;
export type FaultName = keyof typeof generalEffects | StorageFaultName;

/** Everything that can go wrong in a sandbox while it runs, when somebody wants it to, and what it does. */
export const faultEffects: Readonly<Record<FaultName, string>> = {
  ...generalEffects,
  ...(Object.fromEntries(
    Object.entries(storageFaults).map(([name, { effect }]) => [name, effect]),
  ) as Readonly<Record<StorageFaultName, string>>),
};

export const faultNames = Object.keys(faultEffects).sort() as readonly FaultName[];

/** Which faults are on, as of now. */
export interface FaultSwitches {
  readonly isOn: (name: FaultName) => boolean;
}

/** The faults of the sandbox in a folder: asked anew each time, as another process switches them. */
export function faultsIn(directory: string): FaultSwitches {
  return { isOn: (name) => readFaults(directory).includes(name) };
}

/** Where nothing goes wrong. */
export const noFaults: FaultSwitches = { isOn: () => false };

/** Names of the faults that are on, in order. Throws FileError where they cannot be read. */
export function readFaults(directory: string): readonly FaultName[] {
  const file = fileOf(directory);
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(found)) return found as FaultName[];
  } catch (error) {
    if (isAbsent(error)) return [];
  }
  throw new FileError(file, 'cannot be read as a list of faults', 'Remove it: then all faults are off.');
}

/** Makes these the faults that are on, and says so to whoever asks `faultsIn`; what a fault does elsewhere is not done here. */
export function writeFaults(directory: string, names: readonly FaultName[]): void {
  const file = fileOf(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify([...new Set(names)].sort())}\n`);
  renameSync(`${file}.new`, file);
}

/** The fault of a name. Throws InputError with the list for one that there is not. */
export function faultNamed(name: string): FaultName {
  const found = faultNames.find((each) => each === name);
  if (found !== undefined) return found;
  throw new InputError([
    { message: `there is no fault ${name}`, hint: `The faults are: ${faultNames.join(', ')}.` },
  ]);
}

function fileOf(directory: string): string {
  return join(directory, 'faults.json');
}
