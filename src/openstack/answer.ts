import type { z } from 'zod';
import { RequestError } from '../errors.ts';

/** Bytes of an answer that is read as a whole: no JSON and no text that we ask for comes near. */
const maxJsonBytes = 4 * 1024 * 1024;
const maxTextBytes = 64 * 1024;

/** What a service answered. Its body is read once, in one of these ways, and never without a bound. All throw RequestError. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** JSON of at most 4 MiB, as a grammar knows it. */
  readonly json: <Result>(grammar: z.ZodType<Result>) => Promise<Result>;
  /** The body in pieces; one byte more than `bytes` is an error. */
  readonly chunks: (bytes: number) => AsyncGenerator<Uint8Array>;
  /** The first 64 KiB as text; empty where they cannot be read. */
  readonly excerpt: () => Promise<string>;
  /** Lets the body go. */
  readonly discard: () => Promise<void>;
}

/** The answer that a response of `fetch` holds; `failure` makes the errors about it. */
export function answerOf(
  response: Response,
  failure: (message: string, cause?: unknown) => RequestError,
): Answer {
  async function* chunks(maxBytes: number): AsyncGenerator<Uint8Array> {
    let seen = 0;
    try {
      for await (const chunk of response.body ?? []) {
        seen += chunk.length;
        if (seen > maxBytes) throw failure(`the answer is longer than ${maxBytes} bytes`);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof RequestError) throw error;
      throw failure('the answer broke off', error);
    }
  }
  const excerpt = (): Promise<string> => beginning(chunks(maxTextBytes));
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    chunks,
    excerpt,
    async json(grammar) {
      const text = await whole(chunks(maxJsonBytes));
      const { data, error } = grammar.safeParse(parsed(text, failure));
      if (!error) return data;
      const [issue] = error.issues;
      const where = issue?.path.map(String).join('.').slice(0, 200);
      throw failure(`the answer makes no sense: ${issue?.message.slice(0, 200)}${where && ` at ${where}`}`);
    },
    async discard() {
      await excerpt();
    },
  };
}

function parsed(text: string, failure: (message: string, cause?: unknown) => RequestError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failure('the answer is not JSON');
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString('utf8');
}

/** What was read before the bound or a lost connection: enough to quote. */
async function beginning(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) read.push(chunk);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
  }
  return Buffer.concat(read).toString('utf8');
}
