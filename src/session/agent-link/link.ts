import type { Readable, Writable } from 'node:stream';
import { type LaunchReason, SessionError } from '../../errors.ts';
import { bounded } from '../bounded.ts';
import { textOf } from '../foreign-text.ts';
import type { AgentCall, CallOptions } from '../session.ts';
import { asciiJson } from './ascii-json.ts';
import { callError } from './call-error.ts';
import { callLimitMs } from './call-limits.ts';
import { errorText } from './clixml.ts';
import { type LaunchFailure, late, refusal } from './launch-failure.ts';
import { lineCutter, maxLine } from './lines.ts';
import { idOf, type Message, parseMessage, splitStart } from './message.ts';
import { type Words, wordsOf } from './words.ts';

export interface AgentStreams {
  readonly input: Writable;
  readonly output: Readable;
  readonly errors?: Readable;
}

export interface LinkOptions {
  /** Told of lines that are no messages of the protocol (a profile that prints, a warning of the shell), as many as words.ts lets through. */
  readonly onNoise?: (line: string) => void;
  readonly onProgress?: (call: number, message: string) => void;
  /** The agent says which numbered line it has seen last (numbered-line.ts). */
  readonly onSeen?: (ask: number, line: number) => void;
  /** Longest line taken, in bytes. */
  readonly maxLine?: number;
}

interface Pending {
  readonly call: string;
  /** Milliseconds that the agent may work on it. */
  readonly limit: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Bytes of a line on standard error that are read; no message of the protocol comes from there. */
const maxErrorLine = 64 * 1024;
/** Characters of a sign of life, and of the reason why a request could not be read. */
const maxSentence = 1_000;
/** So many calls without an answer, and the agent is given up: it works on one at a time, so the next would wait as well. */
const maxOverdue = 2;

/**
 * The controller's side of the framing of the agent protocol over three streams (docs/reference/nodes/agent-protocol.md); knows nothing of SSH, and
 * does not judge what is said (answers.ts).
 */
export class AgentLink {
  /** In the order in which the agent works on them. */
  readonly #pending = new Map<number, Pending>();
  readonly #words: Words;
  /** Ids of calls that were given up because of their limit, and have no answer yet. */
  readonly #overdue = new Set<number>();
  #clock: { readonly id: number; readonly timer: NodeJS.Timeout } | undefined;
  readonly #greeting: Promise<unknown>;
  /** Never fulfilled; rejected when the link ends, so that other work over the same connection can end with it. */
  readonly lost: Promise<never>;
  #lose: (error: Error) => void = () => {};
  #greet: (hello: unknown) => void = () => {};
  #hasGreeted = false;
  /** Fulfilled when PowerShell has given its sign. */
  readonly #started: Promise<void>;
  #start: () => void = () => {};
  #refuse: (error: Error) => void = () => {};
  #lastId = 0;
  #failure: SessionError | undefined;

  constructor(
    readonly node: string,
    private readonly streams: AgentStreams,
    private readonly options: LinkOptions = {},
  ) {
    this.#words = wordsOf((line) => options.onNoise?.(line));
    this.#greeting = new Promise((resolve, reject) => {
      this.#greet = resolve;
      this.#refuse = reject;
    });
    this.#started = new Promise((resolve) => {
      this.#start = resolve;
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
      lineCutter((line) => this.#words.take(errorText(line)), 'shorten', maxErrorLine),
    );
    for (const stream of [streams.input, streams.output, streams.errors])
      stream?.on('error', (error: Error) => this.fail('lost', `the link broke: ${error.message}`));
  }

  get failure(): SessionError | undefined {
    return this.#failure;
  }

  get idle(): boolean {
    return this.#pending.size + this.#overdue.size === 0;
  }

  /** True once the agent has said hello. */
  get hasGreeted(): boolean {
    return this.#hasGreeted;
  }

  /** The newest lines that the node printed, for what they explain. */
  get printed(): readonly string[] {
    return this.#words.recent();
  }

  /**
   * Waits for the agent's first words: at most `timeout` ms for a sign that PowerShell runs, and as long again for the hello.
   * Throws SessionError when there is none.
   */
  async hello(timeout: number, signal?: AbortSignal): Promise<unknown> {
    const within = <T>(promise: Promise<T>, hasStarted: boolean): Promise<T> => {
      const { message, remedy, reason } = late(hasStarted, timeout);
      const limit = { ms: timeout, late: () => this.#error('protocol', message, remedy, reason) };
      return bounded(promise, { limit, signals: [signal] });
    };
    await within(Promise.race([this.#started, this.#greeting]), false);
    return within(this.#greeting, true);
  }

  /**
   * Sends one call and gives its result. Its time (default: that of its kind, call-limits.ts) begins when the agent has done with the
   * calls before it. Throws CallError (the agent's answer) or SessionError (lost, timeout).
   */
  async call(
    call: AgentCall,
    { signal, timeout: limit = callLimitMs(call) }: CallOptions = {},
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#failure) throw this.#failure;
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { call: call.call, limit, resolve, reject });
    });
    this.streams.input.write(`${asciiJson({ ...call, id })}\n`);
    this.#watchFirst();
    const abort = (): void => this.#pending.get(id)?.reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', abort);
      // An answer that comes later has nobody to go to and is dropped by `#answer`.
      this.#pending.delete(id);
      this.#watchFirst();
    }
  }

  /**
   * Tells the agent to end, within so many ms; its silence is no failure. A busy one is not asked: the end of the link ends it in the
   * middle of the call.
   */
  async bye(timeout: number): Promise<void> {
    if (!this.#failure && this.idle) await this.call({ call: 'bye' }, { timeout }).catch(() => {});
  }

  /** Ends the link: everything that waits is rejected with the same error. The first reason stays. */
  fail(kind: SessionError['kind'], message: string, remedy?: string, reason?: LaunchReason): void {
    if (this.#failure) return;
    this.#failure = this.#error(kind, message, remedy, reason);
    this.#words.end();
    this.#refuse(this.#failure);
    this.#lose(this.#failure);
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
    this.#watchFirst();
    this.streams.input.destroy();
  }

  /** Times the call that the agent works on: the first of those that wait. */
  #watchFirst(): void {
    const [first] = this.#pending;
    if (first?.[0] === this.#clock?.id) return;
    clearTimeout(this.#clock?.timer);
    this.#clock = undefined;
    if (!first) return;
    const [id, pending] = first;
    this.#clock = { id, timer: setTimeout(() => this.#giveUp(id, pending), pending.limit) };
  }

  #giveUp(id: number, { call, limit, reject }: Pending): void {
    const message = `${call} gave no answer within ${limit / 1000} s`;
    this.#overdue.add(id);
    reject(this.#error('timeout', message));
    if (this.#overdue.size >= maxOverdue)
      this.fail('lost', `the agent is given up after ${maxOverdue} calls without an answer: ${message}`);
  }

  #read(line: string): void {
    const { before, message: text } = this.#hasGreeted ? { before: '', message: line } : splitStart(line);
    this.#words.take(before);
    const message = parseMessage(text);
    if (!message) this.#words.take(text);
    else if (message.hello !== undefined) {
      this.#hasGreeted = true;
      this.#greet(message);
    } else if (message.event === 'progress')
      this.options.onProgress?.(idOf(message), textOf(message.message, maxSentence) ?? '');
    else if (message.event === 'seen') this.options.onSeen?.(Number(message.ask), Number(message.line));
    else if (message.event === 'started') this.#start();
    else if (message.event === 'refused') this.refuse(refusal(message));
    else this.#answer(message);
  }

  /** Ends the link because the node runs no agent. */
  refuse({ message, remedy, reason }: LaunchFailure): void {
    this.fail('protocol', message, remedy, reason);
  }

  #answer(message: Message): void {
    const { error, result } = message;
    if (message.id === null && error) {
      const text = textOf((error as Readonly<Record<string, unknown>>).message, maxSentence);
      this.fail('protocol', `the agent could not read a request: ${text}`);
      return;
    }
    const id = idOf(message);
    this.#overdue.delete(id);
    const pending = this.#pending.get(id);
    if (error) pending?.reject(callError(this.node, pending.call, error));
    else pending?.resolve(result);
  }

  #error(kind: SessionError['kind'], message: string, remedy?: string, reason?: LaunchReason): SessionError {
    const recent = this.#words.recent();
    const printed = recent.length > 0 ? `\nIt printed:\n  ${recent.join('\n  ')}` : '';
    return new SessionError(this.node, kind, message + printed, remedy, reason && { reason });
  }
}
