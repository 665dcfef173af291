import { open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { AgentLink } from '../agent-link/link.ts';
import type { ByteChannel, OpenFile } from '../byte-channel.ts';

const flags = { read: 'r', write: 'w', continue: 'r+' } as const;

/**
 * The bytes of files on the node itself: written and read by oriel, while the agent says where they are and what their hash is. Ends
 * with the link. `place`: the file of this machine that a path of the node stands for.
 */
export function localChannel(
  node: string,
  link: Pick<AgentLink, 'failure'>,
  place: (path: string) => string = (path) => path,
): ByteChannel {
  return {
    block: 1024 * 1024,
    requests: 4,
    file(path) {
      if (!win32.isAbsolute(path) || !/^([A-Za-z]:|\\\\)/.test(path))
        throw new SessionError(
          node,
          'transfer',
          `${path} is not an absolute path of Windows (C:\\dir\\file)`,
        );
      const within = async <Result>(work: Promise<Result>): Promise<Result> => {
        const result = await work.catch((error: Error) => {
          throw new SessionError(node, 'transfer', `${path}: ${error.message}`, undefined, { cause: error });
        });
        if (link.failure) throw link.failure;
        return result;
      };
      return { open: (mode) => openFile(place(path), mode, within) };
    },
  };
}

type Within = <Result>(work: Promise<Result>) => Promise<Result>;

async function openFile(file: string, mode: keyof typeof flags, within: Within): Promise<OpenFile> {
  const handle = await within(open(file, flags[mode]));
  return {
    async write(offset, bytes) {
      await within(writeAll(offset, bytes));
    },
    async read(offset, length) {
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await within(handle.read(buffer, 0, length, offset));
      return buffer.subarray(0, bytesRead);
    },
    close: () => within(handle.close()),
  };

  async function writeAll(offset: number, bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
  }
}
