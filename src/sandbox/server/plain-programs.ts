import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StandIn } from '../node/backing.ts';
import type { CommandStreams } from '../node/command.ts';

/** What a program of the stand-in does; gives its exit code. */
type PlainProgram = (words: string, streams: CommandStreams, node: StandIn) => Promise<number>;

/** Enough for a client of another maker to show that it can run programs here. */
const programs: Readonly<Record<string, PlainProgram>> = {
  echo: async (words, { output, words: errors }) => {
    const [, text = '', aside] = /^(.*?)\s*(1?>&2)?$/.exec(words) ?? [];
    return written(aside ? errors : output, `${text}\r\n`);
  },
  hostname: (_words, { output }, { computer }) => written(output, `${computer}\r\n`),
  whoami: (_words, { output }, { computer, user }) =>
    written(output, `${computer.toLowerCase()}\\${user}\r\n`),
  /** Copies its input, as `more` does where nobody looks. */
  more: async (_words, { input, output, closed }) => {
    input.on('data', (chunk: Buffer) => {
      if (output.write(chunk)) return;
      input.pause();
      output.once('drain', () => input.resume());
    });
    await Promise.race([once(input, 'end'), closed]);
    return 0;
  },
  /** Waits a second between two, and says nothing: `ping -n 3 127.0.0.1`. */
  ping: async (words, { closed }) => {
    const seconds = Number(/-n (\d+)/.exec(words)?.[1] ?? 4) - 1;
    await Promise.race([sleep(seconds * 1000, undefined, { ref: false }), closed]);
    return 0;
  },
  /** No program of Windows: so many bytes, 0 to 9 and a to f again and again. */
  'print-bytes': async (words, { output, closed }) => {
    let isWanted = true;
    const gone = closed.then(() => {
      isWanted = false;
    });
    for (let left = Number(words); left > 0 && isWanted; left -= 65_536)
      await Promise.race([written(output, Buffer.alloc(Math.min(left, 65_536), '0123456789abcdef')), gone]);
    return 0;
  },
};

/** Runs the few programs that a stand-in has, one after the other where `&` is between them; undefined: it has not this one. */
export async function runPlain(
  node: StandIn,
  command: string,
  streams: CommandStreams,
): Promise<number | undefined> {
  let exitCode = 0;
  for (const part of command.replace(/^cmd(\.exe)? +\/c +/i, '').split(/(?<!>)&/)) {
    const [, name = '', words = ''] = /^\s*([\w-]+)(?:\.exe)?(?: (.*))?$/.exec(part) ?? [];
    if (name === 'exit') return Number(/-?\d+/.exec(words)?.[0] ?? exitCode) >>> 0;
    const program = programs[name];
    if (!program) return undefined;
    exitCode = await program(words, streams, node);
  }
  return exitCode;
}

async function written(stream: Writable, text: string | Buffer): Promise<number> {
  if (!stream.destroyed && !stream.write(text)) await once(stream, 'drain').catch(() => {});
  return 0;
}
