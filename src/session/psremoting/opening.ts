import type { Readable } from 'node:stream';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { errorText } from '../agent-link/clixml.ts';
import { lineCutter } from '../agent-link/lines.ts';
import { bounded } from '../bounded.ts';
import { shortened } from '../foreign-text.ts';
import type { LocalProgram } from '../local/program.ts';
import type { OpenOptions } from '../open-options.ts';
import { plainText } from '../plain-text.ts';
import { openingError } from './failure.ts';

/** What the near end says of its session, in one line, behind the words of others. */
interface RelayState {
  readonly relay: 'open' | 'failed';
  readonly code?: unknown;
  readonly message?: unknown;
}

/** Bytes of a line before the session is open, and lines that are kept for what they explain. */
const maxLine = 64 * 1024;
const keptLines = 10;
/** Milliseconds for the program to end once it has said that there is no session. */
const lastWordsMs = 3_000;
const remedy = 'Is it a PowerShell? `psremoting.powershell` of the node in the site file names another one.';

/**
 * Waits until the near end says that its session is open; all later bytes of its output are the agent's. Throws SessionError:
 * unreachable, host-key, authentication, protocol.
 */
export async function sessionOpened(
  node: NodeOf<'psremoting'>,
  file: string,
  { child, ended }: LocalProgram,
  { timeout, signal }: Pick<OpenOptions, 'timeout' | 'signal'>,
): Promise<void> {
  const printed: string[] = [];
  const take = (line: string): void => {
    const words = shortened(plainText(errorText(line)).trim(), 1_000);
    if (words === '') return;
    printed.push(words);
    if (printed.length > keptLines) printed.shift();
  };
  const listen = lineCutter(take, 'shorten', maxLine);
  child.stderr.on('data', listen);
  const early = ended.then((end) => {
    throw new SessionError(node.name, 'unreachable', [`${file} ${end}`, ...printed].join('\n  '), remedy);
  });
  early.catch(() => {});
  const late = (): SessionError =>
    new SessionError(node.name, 'unreachable', `no session of PowerShell opened within ${timeout / 1000} s`);
  const bounds = { limit: { ms: timeout, late }, signals: [signal] };
  try {
    const state = await bounded(Promise.race([stateIn(child.stdout, take), early]), bounds);
    if (state.relay === 'open') return;
    // What ssh printed may come behind it.
    await bounded(ended, { limit: { ms: lastWordsMs, late } }).catch(() => {});
    throw openingError(node, { code: Number(state.code), message: String(state.message), printed });
  } finally {
    child.stderr.off('data', listen);
  }
}

/** The state in a stream, whose other lines go to `take`; what comes behind it stays there to be read. */
function stateIn(stream: Readable, take: (line: string) => void): Promise<RelayState> {
  return new Promise((resolve) => {
    let rest = Buffer.alloc(0);
    const read = (chunk: Buffer): void => {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
        const line = rest.subarray(0, end).toString('utf8');
        rest = rest.subarray(end + 1);
        const state = stateOf(line);
        if (!state) {
          take(line);
          continue;
        }
        stream.off('data', read);
        // Else it is read to its end, which tells that the program has ended.
        if (state.relay === 'open') stream.pause();
        if (state.relay === 'open' && rest.length > 0) stream.unshift(rest);
        resolve(state);
        return;
      }
      rest = rest.subarray(0, maxLine);
    };
    stream.on('data', read);
  });
}

function stateOf(line: string): RelayState | undefined {
  try {
    const value: unknown = JSON.parse(line.slice(Math.max(0, line.indexOf('{"relay":'))));
    const { relay } = Object(value);
    return relay === 'open' || relay === 'failed' ? (value as RelayState) : undefined;
  } catch {
    return undefined;
  }
}
