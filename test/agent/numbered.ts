import { expect } from 'vitest';
import { askSeen, numberedLine, readNumberedLine } from '../../src/session/agent-link/numbered-line.ts';
import type { AgentLines } from './conversation.ts';
import { messageProblems } from './protocol-schema.ts';

const request = (id: number): string => `{"id":${id},"call":"no-such-call"}`;
const line = (number: number): string => numberedLine(number, request(number)).trimEnd();

/** Holds an agent to what docs/reference/nodes/agent-protocol.md says of numbered lines: cut, repeated, mixed and missing ones. */
export async function expectNumberedLines({ send, lines, close }: AgentLines): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  for (const _ of ['started', 'hello']) await iterator.next();
  const sent = [
    line(1).slice(0, 20) + line(1), // cut: what follows begins anew
    line(1),
    request(9), // without a mark
    line(3), // the second is missing
    askSeen(4).trimEnd(),
    line(2).replace('"id":2', '"id":22'), // mixed with something
    line(2),
    line(3),
    askSeen(5).trimEnd(),
  ];
  for (const one of sent) send(one);
  const answers = [1, { ask: 0, line: 1 }, { ask: 4, line: 1 }, 2, 3, { ask: 5, line: 3 }];
  for (const [index, expected] of answers.entries()) {
    const { value } = await iterator.next();
    const said = readNumberedLine(value)?.said;
    if (said === undefined || said === 'broken' || 'asks' in said) return expect.fail(value);
    expect(said.number).toBe(index + 1);
    const message = JSON.parse(said.text);
    expect(messageProblems(message)).toEqual([]);
    expect(message).toMatchObject(
      typeof expected === 'number'
        ? { id: expected, error: { kind: 'UnknownCall' } }
        : { event: 'seen', ...expected },
    );
  }
  await close();
}
