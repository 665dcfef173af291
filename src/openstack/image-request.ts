import type { Answer } from './answer.ts';
import type { Request } from './http.ts';

/** One place where images are served. */
export interface ImagesEndpoint {
  /** Who serves there, in messages: the name of a node, of a cloud. */
  readonly service: string;
  /** `http://10.0.0.11:9292`. */
  readonly url: string;
}

/** The data of an image; `chunks` makes them anew each time. */
export interface Content {
  readonly bytes: number;
  readonly chunks: () => Iterable<Uint8Array>;
}

export type Details = Partial<Request> & Pick<Request, 'method' | 'accept'>;

/** Sends a request to a place where images are served. Throws RequestError. */
export type SendImages = (at: ImagesEndpoint, path: string, details: Details) => Promise<Answer>;

/** Milliseconds: for an answer, and for `bytes` at 100 kB/s beside it. */
export const timeoutMs = 60_000;
export const timeoutMsFor = (bytes: number): number => timeoutMs + Math.ceil(bytes / 100);

export const pathOf = (id: string): string => `/v2/images/${encodeURIComponent(id)}`;

interface Sending {
  readonly at: ImagesEndpoint;
  readonly path: string;
  readonly content: Content;
  readonly signal: AbortSignal;
  /** Absent: the default one. */
  readonly store?: string;
}

/** Sends the data of an image. Throws RequestError. */
export async function sendContent(
  ask: SendImages,
  { at, path, content, signal, store }: Sending,
): Promise<void> {
  const { bytes, chunks } = content;
  const headers = {
    'content-type': 'application/octet-stream',
    ...(store !== undefined && { 'x-image-meta-store': store }),
  };
  const details = { headers, body: chunks, timeoutMs: timeoutMsFor(bytes), signal } as const;
  const answer = await ask(at, path, { method: 'PUT', accept: [204], ...details });
  await answer.discard();
}
