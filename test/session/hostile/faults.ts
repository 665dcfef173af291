import { setTimeout as wait } from 'node:timers/promises';

/** The way back to the controller, as the program of a hostile node has it. */
export interface Outlet {
  /** Waits while the reader is slow. */
  readonly write: (data: string | Buffer) => Promise<void>;
  readonly writeError: (data: string | Buffer) => Promise<void>;
  /** Ends the program: with an exit code, or without a word. */
  readonly exit: (code?: number) => void;
  /** Ends its output and nothing else. */
  readonly endOutput: () => void;
  /** Cuts the connection, with all channels. */
  readonly reset: () => void;
}

/** A right answer, to be spoilt. */
export interface Answer {
  readonly id: number;
  readonly result: unknown;
}

export interface Fault {
  /** `answer`: the call is answered in the end; else the error that it has to end with, and `silence`: only its limit ends it. */
  readonly ends: 'answer' | 'refused' | 'protocol' | 'lost' | 'silence';
  /** Answers one call. What comes later is answered as ever, but after silence. */
  readonly act: (answer: Answer, out: Outlet) => Promise<void> | void;
}

/** What an agent says that would like to be believed more than it is: to forge lines, and to move the cursor. */
export const forged =
  'no\u001b[2J\u009b31m\u202e\r\nerror: healthy: forged\nwarning: forged\u2028error: forged';
/** A secret of the site, which a node knows and repeats. */
export const secret = 'hunter2-of-the-database';
const megabytes = 2 ** 20;
const line = (message: object): string => `${JSON.stringify(message)}\n`;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const result =
  (text: (id: number) => string): Fault['act'] =>
  ({ id }, out) =>
    out.write(`{"id":${id},"result":${text(id)}}\n`);

/** Every way to answer a call otherwise than an agent does, by what it is. */
export const faults: Readonly<Record<string, Fault>> = {
  'is silent': { ends: 'silence', act: () => {} },
  'answers after a while': {
    ends: 'answer',
    async act(answer, out) {
      await wait(300);
      await out.write(line(answer));
    },
  },
  'answers byte by byte': {
    ends: 'answer',
    async act(answer, out) {
      for (const byte of Buffer.from(line(answer))) await out.write(Buffer.from([byte]));
    },
  },
  'answers in pieces with a pause': {
    ends: 'answer',
    async act(answer, out) {
      const text = line(answer);
      await out.write(text.slice(0, 5));
      await wait(100);
      await out.write(text.slice(5));
    },
  },
  'answers twice, the second time with a lie': {
    ends: 'answer',
    act: (answer, out) => out.write(line(answer) + line({ ...answer, result: { kind: 'evil' } })),
  },
  'answers what nobody asked yet': {
    ends: 'answer',
    act: (answer, out) =>
      out.write(line({ id: answer.id + 1_000_000, result: { kind: 'evil' } }) + line(answer)),
  },
  'prints a line of 15 MB': {
    ends: 'answer',
    act: (answer, out) => out.write(`${'A'.repeat(15 * megabytes)}\n${line(answer)}`),
  },
  'answers with a line of 17 MB': {
    ends: 'protocol',
    act: result(() => `"${'A'.repeat(17 * megabytes)}"`),
  },
  'prints garbage': {
    ends: 'answer',
    act: (answer, out) => out.write(`\u0000\ufffd{"id":\n{"id":1\n[]\n\u001b[2J\n{}\n${line(answer)}`),
  },
  'prints bytes that are no text': {
    ends: 'answer',
    act: (answer, out) =>
      out.write(Buffer.concat([Buffer.alloc(5_000, 0xff), Buffer.from(`\n${line(answer)}`)])),
  },
  'prints lines of ours': { ends: 'answer', act: (answer, out) => out.write(`${forged}\n${line(answer)}`) },
  'floods standard error': {
    ends: 'answer',
    async act(answer, out) {
      for (let at = 0; at < 8; at += 1) await out.writeError('a\n'.repeat(32_000));
      await out.write(line(answer));
    },
  },
  'tells progress without end': {
    ends: 'answer',
    async act(answer, out) {
      const message = line({ event: 'progress', id: answer.id, message: forged });
      for (let at = 0; at < 20; at += 1) await out.write(message.repeat(200));
      await out.write(line(answer));
    },
  },
  'answers with the wrong id': {
    ends: 'silence',
    act: ({ id, result }, out) => out.write(line({ id: id + 1_000_000, result })),
  },
  'answers with its id as a text': {
    ends: 'silence',
    act: ({ id, result }, out) => out.write(line({ id: String(id), result })),
  },
  'answers with an object as its id': {
    ends: 'silence',
    act: (_, out) => out.write('{"id":{"toString":1,"__proto__":null},"result":1}\n'),
  },
  'could not read the request': {
    ends: 'protocol',
    act: (_, out) => out.write(line({ id: null, error: { kind: forged, message: forged.repeat(20_000) } })),
  },
  'could not read the request, in an object': {
    ends: 'protocol',
    act: (_, out) => out.write('{"id":null,"error":{"message":{"toString":1}}}\n'),
  },
  'fails with lines of ours': {
    ends: 'refused',
    act: ({ id }, out) =>
      out.write(line({ id, error: { kind: forged, message: forged, category: forged, at: forged } })),
  },
  'fails with megabytes': {
    ends: 'refused',
    act: ({ id }, out) => out.write(line({ id, error: { kind: 'X', message: 'A'.repeat(5 * megabytes) } })),
  },
  'repeats a secret': {
    ends: 'refused',
    act: ({ id }, out) =>
      out.write(`password ${secret}\n${line({ id, error: { kind: 'X', message: `wrong: ${secret}` } })}`),
  },
  'fails with a text': { ends: 'refused', act: ({ id }, out) => out.write(line({ id, error: 'no' })) },
  'fails with objects': {
    ends: 'refused',
    act: ({ id }, out) =>
      out.write(`{"id":${id},"error":{"__proto__":null,"kind":{"toString":1},"message":[[[]]]}}\n`),
  },
  'answers a number': { ends: 'refused', act: result(() => '42') },
  'answers a text': { ends: 'refused', act: result(() => '"x"') },
  'answers a pit': { ends: 'refused', act: result(() => deep(100_000)) },
  'answers a million lists': { ends: 'refused', act: result(() => `[${'[],'.repeat(1_000_000)}[]]`) },
  'answers a key of megabytes': { ends: 'refused', act: result(() => `{"${'k'.repeat(3 * megabytes)}":1}`) },
  'answers prototypes': {
    ends: 'refused',
    act: result(() => '{"__proto__":{"kind":"file"},"constructor":{"prototype":{"x":1}}}'),
  },
  'dies in the middle of its answer': {
    ends: 'lost',
    async act(answer, out) {
      await out.write(line(answer).slice(0, -4));
      out.exit();
    },
  },
  'ends with an exit code': { ends: 'lost', act: (_, out) => out.exit(137) },
  'closes its channel': { ends: 'lost', act: (_, out) => out.exit() },
  'ends its output': { ends: 'lost', act: (_, out) => out.endOutput() },
  'has its connection reset': { ends: 'lost', act: (_, out) => out.reset() },
};
