import type { Readable, Writable } from 'node:stream';
import { CallError, SessionError } from '../../errors.ts';
import type { AgentCall, CallOptions, Hello } from '../session.ts';
import { asciiJson } from './ascii-json.ts';
import { errorText } from './clixml.ts';
import { lineCutter, maxLine } from './lines.ts';

export interface AgentStreams {
  readonly input: Writable;
  readonly output: Readable;
  readonly errors?: Readable;
}

export interface LinkOptions {
  /** Told of every line that is not a message of the protocol: a profile that prints, a warning of the shell. */
  readonly onNoise?: (line: string) => void;
  readonly onProgress?: (call: number, message: string) => void;
  /** Longest line taken, in bytes. */
  readonly maxLine?: number;
}

interface Pending {
  readonly call: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The version of the agent's function set that this program knows. */
const knownAgent = '1';
/** Lines of noise kept for an error message. */
const noiseKept = 50;
/** Characters of each part of an error that are kept: a node may say anything. */
const longestWord = 8192;

/** The controller's side of the agent protocol over three streams (docs/agent-protocol.md); knows nothing of SSH. */
export class AgentLink {
  readonly #pending = new Map<number, Pending>();
  readonly #noise: string[] = [];
  readonly #greeting: Promise<Hello>;
  /** Never fulfilled; rejected when the link ends, so that other work over the same connection can end with it. */
  readonly lost: Promise<never>;
  #lose: (error: Error) => void = () => {};
  #greet: (hello: Hello) => void = () => {};
  #refuse: (error: Error) => void = () => {};
  #lastId = 0;
  #failure: SessionError | undefined;

  constructor(
    readonly node: string,
    private readonly streams: AgentStreams,
    private readonly options: LinkOptions = {},
  ) {
    this.#greeting = new Promise((resolve, reject) => {
      this.#greet = resolve;
      this.#refuse = reject;
    });
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    for (const promise of [this.#greeting, this.lost]) promise.catch(() => {});
    const limit = options.maxLine ?? maxLine;
    const tooLong = (): void => this.fail('protocol', `the agent sent a line of more than ${limit} bytes`);
    streams.output.on(
      'data',
      lineCutter((line) => this.#read(line), tooLong, limit),
    );
    streams.errors?.on(
      'data',
      lineCutter(
        (line) => this.#keep(errorText(line)),
        () => {},
        limit,
      ),
    );
    for (const stream of [streams.input, streams.output, streams.errors])
      stream?.on('error', (error: Error) => this.fail('lost', `the link broke: ${error.message}`));
  }

  get failure(): SessionError | undefined {
    return this.#failure;
  }

  get idle(): boolean {
    return this.#pending.size === 0;
  }

  /** Waits for the agent's first words, at most `timeout` ms. Throws SessionError when it says nothing or a version unknown here. */
  async hello(timeout: number, signal?: AbortSignal): Promise<Hello> {
    const late = (): SessionError =>
      this.#error(
        'protocol',
        `the agent did not say hello within ${timeout / 1000} s`,
        'Is PowerShell 3.0 or later installed there?',
      );
    return this.#bounded(this.#greeting, { timeout, ...(signal && { signal }) }, late);
  }

  /** Sends one call and gives its result. Throws CallError (the agent's answer) or SessionError (lost, timeout). */
  async call<Result>(call: AgentCall, options: CallOptions = {}): Promise<Result> {
    options.signal?.throwIfAborted();
    if (this.#failure) throw this.#failure;
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { call: call.call, resolve, reject });
    });
    this.streams.input.write(`${asciiJson({ ...call, id })}\n`);
    const late = (): SessionError =>
      this.#error('timeout', `${call.call} gave no answer within ${(options.timeout ?? 0) / 1000} s`);
    try {
      return (await this.#bounded(answer, options, late)) as Result;
    } finally {
      // An answer that comes later has nobody to go to and is dropped by `#answer`.
      this.#pending.delete(id);
    }
  }

  /** Ends the link: everything that waits is rejected with the same error. The first reason stays. */
  fail(kind: SessionError['kind'], message: string): void {
    if (this.#failure) return;
    this.#failure = this.#error(kind, message);
    this.#refuse(this.#failure);
    this.#lose(this.#failure);
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
    this.streams.input.destroy();
  }

  async #bounded<T>(promise: Promise<T>, { timeout, signal }: CallOptions, late: () => Error): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let abort = (): void => {};
    const limits = new Promise<never>((_, reject) => {
      if (timeout) timer = setTimeout(() => reject(late()), timeout);
      abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort);
    });
    try {
      return await Promise.race([promise, limits]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  #read(line: string): void {
    const message = parseMessage(line);
    if (!message) this.#keep(line);
    else if (message.hello !== undefined) this.#welcome(message);
    else if (message.event === 'progress')
      this.options.onProgress?.(Number(message.id), String(message.message));
    else this.#answer(message);
  }

  #welcome(message: Readonly<Record<string, unknown>>): void {
    if (message.hello === 1 && message.agent === knownAgent) this.#greet(message as unknown as Hello);
    else
      this.fail(
        'protocol',
        `the agent speaks version ${String(message.hello)}.${String(message.agent)}; this program knows 1.${knownAgent}`,
      );
  }

  #answer(message: Readonly<Record<string, unknown>>): void {
    const pending = this.#pending.get(Number(message.id));
    const error = message.error as Readonly<Record<string, unknown>> | undefined;
    if (message.id === null && error) {
      this.fail('protocol', `the agent could not read a request: ${String(error.message)}`);
    } else if (pending && error) {
      const text = (key: string): string | undefined =>
        error[key] == null ? undefined : String(error[key]).slice(0, longestWord);
      const { call } = pending;
      pending.reject(
        new CallError(
          this.node,
          call,
          text('kind') ?? 'Unknown',
          text('message') ?? '',
          text('category'),
          text('at'),
        ),
      );
    } else pending?.resolve(message.result);
  }

  #keep(line: string): void {
    if (line.trim() === '') return;
    this.#noise.push(line);
    if (this.#noise.length > noiseKept) this.#noise.shift();
    this.options.onNoise?.(line);
  }

  #error(kind: SessionError['kind'], message: string, remedy?: string): SessionError {
    const printed = this.#noise.length > 0 ? `\nIt printed:\n  ${this.#noise.slice(-10).join('\n  ')}` : '';
    return new SessionError(this.node, kind, message + printed, remedy);
  }
}

/** A line as a message of the protocol; undefined for anything else. */
function parseMessage(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    const known = typeof value === 'object' && value !== null && ('hello' in value || 'id' in value);
    return known ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
