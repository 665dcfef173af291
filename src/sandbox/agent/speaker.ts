import { setMaxListeners } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { asciiJson } from '../../session/agent-link/ascii-json.ts';
import { lineCutter } from '../../session/agent-link/lines.ts';
import type { StandIn } from '../node/backing.ts';
import { AgentFailure } from './failure/agent-failure.ts';
import { agentFunctions } from './functions.ts';
import { type NumberedLines, numberedLines } from './numbered.ts';

interface AgentRequest {
  readonly id: unknown;
  readonly call: unknown;
  readonly [parameter: string]: unknown;
}

/**
 * The stand-in agent on one channel: gives its sign, takes the source line and ignores it, says hello, then works on one call at a time.
 * Done after `bye` or when the input ends, which ends the call at work and what it started.
 */
export async function speak(node: StandIn, input: Readable, output: Writable): Promise<void> {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // each answer that waits for a slow reader listens
  const lines = numberedLines((message) => void send(message));
  const send = sender(output, ending.signal, lines);
  let work: Promise<void> = send({ event: 'started' });
  let started = false;
  const onLine = (line: string): void => {
    if (!started) {
      started = true;
      const { platform } = node.backing;
      const hello = { hello: 1, agent: '1', powershell: '0.0', pid: process.pid, platform };
      work = work.then(() => send(hello));
    } else
      work = work.then(async () => {
        const request = ending.signal.aborted ? undefined : lines.select(line);
        if (request !== undefined) await answer(node, request, send, ending);
      });
  };
  const tooLong = (): void => {
    work = work.then(() =>
      send({ id: null, error: { kind: 'BadRequest', message: 'a line of more than 16 MiB' } }),
    );
    ending.abort();
  };
  input.on('data', lineCutter(onLine, tooLong));
  for (const event of ['end', 'close', 'error']) input.on(event, () => ending.abort());
  output.on('error', () => ending.abort());
  await new Promise<void>((resolve) =>
    ending.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await work;
}

type Send = (message: object) => Promise<void>;

/** Writes one message a line and waits while the reader is slow. */
function sender(output: Writable, signal: AbortSignal, { written }: NumberedLines): Send {
  return async (message) => {
    if (signal.aborted || output.write(written(asciiJson(message)))) return;
    await new Promise<void>((resolve) => {
      output.once('drain', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  };
}

async function answer(node: StandIn, line: string, send: Send, ending: AbortController): Promise<void> {
  const request = parse(line);
  if (!request)
    return send({ id: null, error: { kind: 'BadRequest', message: 'the line is no request in JSON' } });
  const { id, call, ...parameters } = request;
  if (call === 'bye') {
    await send({ id, result: null });
    return ending.abort();
  }
  const run = agentFunctions.get(String(call));
  if (!run) return send({ id, error: { kind: 'UnknownCall', message: `there is no call ${String(call)}` } });
  const progress = (message: string): void => void send({ event: 'progress', id, message });
  try {
    const result = await run(parameters, { node, signal: ending.signal, progress });
    await send({ id, result });
  } catch (error) {
    await send({ id, error: described(error) });
  }
}

function parse(line: string): AgentRequest | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const fits = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number';
    return fits ? (value as AgentRequest) : undefined;
  } catch {
    return undefined;
  }
}

function described(error: unknown): object {
  if (error instanceof AgentFailure) {
    const { kind, category, message } = error;
    return { kind, category, message };
  }
  const { code, name, message } = error as NodeJS.ErrnoException;
  return { kind: code ?? name, category: 'NotSpecified', message };
}
