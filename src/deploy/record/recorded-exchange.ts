import type { Exchange, Request } from '../../openstack/http.ts';
import { errorOf } from '../../session/record/failure.ts';
import type { RecordFile } from '../../session/record/read-record.ts';
import { type Replay, replayOf } from '../../session/record/replay.ts';
import { type AnsweredRequest, askedOf, measure } from './exchanged.ts';

/** Answers requests from a record. Throws what the record has in place of an answer, and FileError where it has none. */
export function recordedExchange(record: RecordFile): Exchange {
  const replays = new Map<string, Replay>();
  // What was sent here can be read here: a record has the hash of an image and not its bytes.
  const sent = new Map<string, () => Iterable<Uint8Array>>();
  return async (request) => {
    const { service } = request;
    const replay = replays.get(service) ?? replayOf(record, service);
    replays.set(service, replay);
    const answer = replay.answer(askedOf(request)) as AnsweredRequest;
    if (typeof request.body === 'function')
      sent.set(sendAgain(request, request.body, answer, replay), request.body);
    return new Response(bodyOf(request, answer, replay, sent), answer);
  };
}

/** Gives the hash of what is sent. Throws FileError where it is not what was sent then. */
function sendAgain(
  request: Request,
  body: () => Iterable<Uint8Array>,
  { sent }: AnsweredRequest,
  replay: Replay,
): string {
  const { add, soFar } = measure();
  for (const chunk of body()) add(chunk);
  const { bytes, sha256 } = soFar();
  // Who refuses a body may do so before it is all there.
  if (sent?.bytes === bytes && sent.sha256 !== sha256)
    throw replay.leave(
      askedOf(request),
      `what is sent has the SHA-256 ${sha256}, then it was ${sent.sha256}`,
    );
  return sha256;
}

function bodyOf(
  request: Request,
  { body, broke }: AnsweredRequest,
  replay: Replay,
  sent: ReadonlyMap<string, () => Iterable<Uint8Array>>,
): ReadableStream | null {
  if (body === '' && !broke) return null;
  const chunks =
    typeof body === 'string'
      ? () => [Buffer.from(body, 'utf8')]
      : (sent.get(body.sha256) ?? partOf(request, body.sha256, sent));
  if (!chunks)
    throw replay.leave(
      askedOf(request),
      'a record has the size and hash of such an answer and not its bytes',
    );
  return ReadableStream.from(
    (function* () {
      yield* chunks();
      if (broke) throw errorOf(request.service, {}, broke);
    })(),
  );
}

/** The part of something sent that a request with `Range: bytes=FROM-TO` gave then; undefined where it is of nothing that was sent. */
function partOf(
  { headers = {} }: Request,
  sha256: string,
  sent: ReadonlyMap<string, () => Iterable<Uint8Array>>,
): (() => Iterable<Uint8Array>) | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(headers.range ?? '')) ?? [];
  if (from === undefined) return undefined;
  for (const body of sent.values()) {
    const part = Buffer.concat([...body()]).subarray(Number(from), Number(to) + 1);
    const { add, soFar } = measure();
    add(part);
    if (soFar().sha256 === sha256) return () => [part];
  }
  return undefined;
}
