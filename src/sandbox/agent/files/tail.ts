import { open } from 'node:fs/promises';
import { AgentFailure, isAbsent } from '../failure/agent-failure.ts';

const windowBytes = 1024 * 1024;

/** The last lines of the file on this machine that stands for `path`. Throws `PathNotFound`. */
export async function lastLines(host: string, path: string, lines: number): Promise<readonly string[]> {
  const file = await open(host).catch((error: unknown) => {
    if (isAbsent(error)) throw new AgentFailure('PathNotFound', `there is no file ${path}`, 'ObjectNotFound');
    throw error;
  });
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new AgentFailure('PathNotFound', `${path} is no file`, 'ObjectNotFound');
    const mark = Buffer.alloc(3);
    await file.read(mark, 0, 3, 0);
    const utf16 = mark[0] === 0xff && mark[1] === 0xfe;
    const start = Math.max(0, info.size - windowBytes) & (utf16 ? ~1 : ~0);
    const bytes = Buffer.alloc(info.size - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const text = bytes
      .subarray(0, bytesRead)
      .toString(utf16 ? 'utf16le' : 'utf8')
      .replace(/^\ufeff/, '');
    const all = text.split(/\r?\n/);
    if (all.at(-1) === '') all.pop();
    return all.slice(-lines);
  } finally {
    await file.close();
  }
}
