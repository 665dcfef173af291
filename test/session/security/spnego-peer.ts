import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isSealed } from '../../../src/session/security/body.ts';
import type { Sealed, SecurityContext } from '../../../src/session/security/context.ts';

type Json = Record<string, string | undefined | boolean>;

/** How an end of pyspnego is opened: see spnego-peer.py. */
export interface PeerOptions {
  readonly usage: 'initiate' | 'accept';
  readonly protocol: 'negotiate' | 'ntlm' | 'kerberos';
  readonly user?: string;
  readonly password?: string;
  readonly host?: string;
  readonly service?: string;
  /** Application data of a channel binding. */
  readonly binding?: Buffer;
}

export interface PeerContext extends SecurityContext {
  readonly who: () => string | undefined;
  /** A whole body as pypsrp makes it. */
  readonly encrypt: (message: Buffer) => Promise<{ contentType: string; body: Buffer }>;
  readonly decrypt: (contentType: string, body: Buffer) => Promise<Buffer>;
}

export interface Peer {
  open(options: PeerOptions): Promise<PeerContext>;
  /** What pypsrp takes for the hash of a certificate in a channel binding. */
  certificateHash(der: Buffer): Promise<Buffer>;
  close(): void;
}

/** One Python that holds the other ends of any number of contexts. */
export function spnegoPeer(python: string, env: Record<string, string>): Peer {
  const child = spawn(python, [join(import.meta.dirname, 'spnego-peer.py')], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve: (answer: Json) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Json;
    const one = waiting.shift();
    if (typeof answer.error === 'string') one?.reject(new Error(answer.error));
    else one?.resolve(answer);
  });
  child.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('Python is gone'));
  });
  const ask = (question: Json): Promise<Json> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
  let count = 0;
  return {
    open: async (options) => {
      const id = String(++count);
      const { binding, ...others } = options;
      await ask({ ...others, open: id, ...base64('binding', binding) });
      return context(ask, id, options.protocol === 'kerberos' ? 'Kerberos' : 'Negotiate');
    },
    certificateHash: async (der) => bytes(await ask(base64('certificate', der)), 'hash'),
    close: () => child.stdin.end(),
  };
}

function context(
  ask: (question: Json) => Promise<Json>,
  id: string,
  scheme: SecurityContext['scheme'],
): PeerContext {
  let complete = false;
  let who: string | undefined;
  const protocol = `application/HTTP-${scheme === 'Kerberos' ? 'Kerberos' : 'SPNEGO'}-session-encrypted`;
  return {
    scheme,
    who: () => who,
    get complete() {
      return complete;
    },
    step: async (token) => {
      const answer = await ask({ step: id, ...base64('token', token) });
      complete = answer.complete === true;
      who = typeof answer.who === 'string' ? answer.who : undefined;
      return typeof answer.token === 'string' ? bytes(answer, 'token') : undefined;
    },
    seal: async (message): Promise<Sealed> => {
      const answer = await ask({ wrap: id, ...base64('data', message) });
      return { signature: bytes(answer, 'header'), data: bytes(answer, 'data') };
    },
    open: async ({ signature, data }) =>
      bytes(await ask({ unwrap: id, ...base64('header', signature), ...base64('data', data) }), 'data'),
    encrypt: async (message) => {
      const answer = await ask({ encrypt: id, protocol, ...base64('data', message) });
      const contentType = `${answer.type};protocol="${protocol}";boundary="Encrypted Boundary"`;
      return { contentType, body: bytes(answer, 'data') };
    },
    decrypt: async (contentType, body) => {
      if (!isSealed(contentType) || !contentType.includes(protocol)) throw new Error(contentType);
      return bytes(
        await ask({ decrypt: id, protocol, boundary: 'Encrypted Boundary', ...base64('data', body) }),
        'data',
      );
    },
  };
}

function base64(name: string, value: Buffer | undefined): Json {
  return value ? { [name]: value.toString('base64') } : {};
}

function bytes(answer: Json, name: string): Buffer {
  return Buffer.from(String(answer[name]), 'base64');
}
