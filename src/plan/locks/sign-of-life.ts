import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';

/** Where the pipe of a process is, by its name in a lock. */
export type PipePlace = (name: string) => string;

const onWindows: PipePlace = (name) => `\\\\.\\pipe\\${name}`;
const pipeName = /^oriel-[0-9a-f-]{36}$/;
let pipe: Promise<string | null> | undefined;

/**
 * What a lock says of this process beside its number, which systems give to another one later: when it began or, on Windows,
 * where no file tells that, the name of a pipe that is there for as long as the process. Null where there is neither.
 */
export function ownSign(): Promise<string | null> {
  if (process.platform !== 'win32') return beganAt(process.pid);
  pipe ??= openPipe(onWindows);
  return pipe;
}

/** Whether a process that is there by its number is the one that gave this sign; where that cannot be known it counts as the same. */
export async function hasSign(pid: number, sign: string | null, place = onWindows): Promise<boolean> {
  if (sign === null) return true;
  if (pipeName.test(sign)) return isThere(place(sign));
  const now = await beganAt(pid);
  return now === null || now === sign;
}

/** Opens a pipe of its own, which keeps no process from ending. */
export function openPipe(place: PipePlace): Promise<string | null> {
  const name = `oriel-${randomUUID()}`;
  const server = createServer((socket) => socket.destroy()).unref();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(place(name), () => resolve(name));
  });
}

function isThere(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    // Whatever else keeps us out, somebody has to be there for it.
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED'),
    );
  });
}

/** Field 22 of /proc/PID/stat: start time in clock ticks since boot (proc(5)); the name in field 2 may hold anything. */
async function beganAt(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
