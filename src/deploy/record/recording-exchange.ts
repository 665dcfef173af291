import { type Exchange, fetched } from '../../openstack/http.ts';
import { failureOf } from '../../session/record/failure.ts';
import type { Failure, Recorder } from '../../session/recorder.ts';
import { type AnsweredRequest, askedOf, type Measured, measure } from './exchanged.ts';

/** Bytes of a body that is kept. */
const maxKept = 4 * 1024 * 1024;
/** What is read of the headers of answers, beside the one that is a token. */
const keptHeaders = ['content-type', 'x-openstack-request-id'] as const;
const tokenHeader = 'x-subject-token';

/** Sends requests over the network, and records them, each with its answer once that was read. */
export function recordingExchange(record: Recorder): Exchange {
  return async (request, signal) => {
    const answered = record.ask(request.service, askedOf(request));
    const sent = typeof request.body === 'function' ? measuring(request.body) : undefined;
    try {
      const response = await fetched(sent ? { ...request, body: sent.chunks } : request, signal);
      return watched(response, (body) =>
        answered({ answer: { ...headOf(response), ...(sent && { sent: sent.soFar() }), ...body } }),
      );
    } catch (error) {
      answered({ error: failureOf(error) });
      throw error;
    }
  };
}

/** The same pieces, measured as they go out. */
function measuring(body: () => Iterable<Uint8Array>): {
  readonly chunks: () => Iterable<Uint8Array>;
  readonly soFar: () => Measured;
} {
  let { add, soFar } = measure();
  return {
    *chunks() {
      ({ add, soFar } = measure());
      for (const chunk of body()) {
        add(chunk);
        yield chunk;
      }
    },
    soFar: () => soFar(),
  };
}

function headOf({ status, headers }: Response): Pick<AnsweredRequest, 'status' | 'headers'> {
  const known = keptHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const token = headers.has(tokenHeader) ? { [tokenHeader]: '[secret:token]' } : {};
  return { status, headers: { ...Object.fromEntries(known), ...token } };
}

/** The same response; `end` is told of its body when it was read, or when nobody reads on. */
function watched(response: Response, end: (body: Pick<AnsweredRequest, 'body' | 'broke'>) => void): Response {
  const { body, status, headers } = response;
  if (!body) {
    end({ body: '' });
    return response;
  }
  return new Response(ReadableStream.from(passedOn(body, end)), { status, headers });
}

async function* passedOn(
  body: AsyncIterable<Uint8Array>,
  end: Parameters<typeof watched>[1],
): AsyncGenerator<Uint8Array> {
  const { add, soFar } = measure();
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let broke: Failure | undefined;
  try {
    for await (const chunk of body) {
      add(chunk);
      bytes += chunk.length;
      if (bytes <= maxKept) kept.push(chunk);
      yield chunk;
    }
  } catch (error) {
    broke = failureOf(error);
    throw error;
  } finally {
    end({ body: textOf(kept, soFar()) ?? soFar(), ...(broke && { broke }) });
  }
}

/** Undefined where it is no text, or was not kept. */
function textOf(kept: readonly Uint8Array[], { bytes }: Measured): string | undefined {
  const whole = Buffer.concat(kept);
  const text = whole.toString('utf8');
  return whole.length === bytes && Buffer.from(text, 'utf8').equals(whole) ? text : undefined;
}
