import { createHash } from 'node:crypto';
import type { Request } from '../../openstack/http.ts';
import type { Asked, Failure } from '../../session/recorder.ts';

/** What a record has of an answer to a request. */
export interface AnsweredRequest {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body of the request, where it was sent in pieces. */
  readonly sent?: Measured;
  /** As text; size and hash of what is no text, or too long. */
  readonly body: string | Measured;
  /** The body ended before its end. */
  readonly broke?: Failure;
}

export interface Measured {
  readonly bytes: number;
  readonly sha256: string;
}

/** A request as a record has it: without its headers, in which tokens are, and without a body that is sent in pieces. */
export function askedOf({ method, url, body }: Request): Asked {
  return { http: method, url, ...(typeof body === 'string' && { body }) };
}

/** Counts and hashes what passes. */
export function measure(): { readonly add: (chunk: Uint8Array) => void; readonly soFar: () => Measured } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(chunk) {
      bytes += chunk.length;
      hash.update(chunk);
    },
    soFar: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  };
}
