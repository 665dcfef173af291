import type { ServiceRecovery } from '../node/backing.ts';
import { readRegistryValue, runInWine } from './control.ts';

const words = ['none', 'restart', 'reboot', 'run'];

/**
 * What Windows would do when a service fails, from the registry values that Windows keeps it in: SERVICE_FAILURE_ACTIONS with fields
 * of 32 bits. Wine 8 has the values' room and not the calls (its service manager ignores SERVICE_CONFIG_FAILURE_ACTIONS).
 */
export async function readRecovery(prefix: string, name: string): Promise<ServiceRecovery> {
  const [{ value = [] }, flag] = await Promise.all([
    readRegistryValue(prefix, keyOf(name), 'FailureActions'),
    readRegistryValue(prefix, keyOf(name), 'FailureActionsOnNonCrashFailures'),
  ]);
  const bytes = Buffer.from(Array.isArray(value) ? (value as number[]) : []);
  const count = bytes.length < 20 ? 0 : Math.min(bytes.readUInt32LE(12), (bytes.length - 20) >> 3);
  const actions = Array.from({ length: count }, (_, index) => {
    const [type, delay] = [bytes.readUInt32LE(20 + 8 * index), bytes.readUInt32LE(24 + 8 * index)];
    return `${words[type] ?? type}/${delay}`;
  });
  return { actions, reset: bytes.length < 20 ? 0 : bytes.readUInt32LE(0), onError: flag.value === 1 };
}

/** Writes the same values. */
export async function writeRecovery(prefix: string, name: string, recovery: ServiceRecovery): Promise<void> {
  const { actions, reset, onError } = recovery;
  const fields = actions.flatMap((action) => {
    const [word = '', delay] = action.split('/');
    return [words.indexOf(word), Number(delay)];
  });
  const bytes = Buffer.alloc(20 + 4 * fields.length);
  [reset, 0, 0, actions.length, 20, ...fields].forEach((field, index) => {
    bytes.writeUInt32LE(field, 4 * index);
  });
  const add = (value: string, type: string, data: string) =>
    runInWine(prefix, 'reg.exe', ['add', keyOf(name), '/v', value, '/t', type, '/d', data, '/f']);
  await add('FailureActions', 'REG_BINARY', bytes.toString('hex'));
  await add('FailureActionsOnNonCrashFailures', 'REG_DWORD', onError ? '1' : '0');
}

function keyOf(name: string): string {
  return `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${name}`;
}
