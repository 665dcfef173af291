import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CallError, ResourceError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { withNodeLocks } from '../../src/plan/locks/node-lock.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import type { AgentCall } from '../../src/session/session.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { FakeNode } from '../fixtures/fake-node.ts';

const place = 'C:\\ProgramData\\oriel\\lock\\owner.json';
const elsewhere = {
  pid: 7,
  began: null,
  host: 'elsewhere',
  verb: 'apply',
  since: '2026-01-02T03:04:05.000Z',
};
const aNode = (name = 'glance-1') => new FakeNode(name, new FakeDatabase());
const hold = (node: FakeNode, owner: unknown): void =>
  void node.files.set(place, Buffer.from(typeof owner === 'string' ? owner : JSON.stringify(owner)));
const locksOf = (nodes: readonly FakeNode[], lock = `/nowhere/${randomUUID()}`, action = 'update') => ({
  connections: new Map(nodes.map((node) => [node.name, node.open()])),
  plan: { steps: nodes.map(({ name }) => ({ node: name, action })) } as unknown as Plan,
  verb: 'apply',
  lock,
  emit: () => {},
});
const take = (
  nodes: readonly FakeNode[],
  body = async () => 'done',
  ask?: (question: string) => Promise<boolean>,
) => withNodeLocks({ ...locksOf(nodes), breakLock: ask }, body);

describe('the lock of a node', () => {
  test('is there while the body runs, names its owner, and leaves nothing', async () => {
    const node = aNode();
    const result = await take([node], async () => {
      expect(JSON.parse(String(node.files.get(place)))).toMatchObject({ pid: process.pid, host: hostname() });
      await expect(take([node])).rejects.toThrow(/another run holds the node: oriel apply, process \d+ on /);
      return 'kept';
    });
    expect(result).toBe('kept');
    expect([...node.files.keys()]).toEqual([]);
  });

  test('is given back when the body fails', async () => {
    const node = aNode();
    const failing = take([node], () => Promise.reject(new ResourceError('n', 'r', 'broken')));
    await expect(failing).rejects.toThrow('broken');
    expect([...node.files.keys()]).toEqual([]);
  });

  test('of a living owner is refused with its age, and the locks of other nodes are given back', async () => {
    const nodes = [aNode('a'), aNode('b')] as const;
    hold(nodes[1], elsewhere);
    let ran = false;
    const refused = take(nodes, async () => {
      ran = true;
      return 'done';
    });
    await expect(refused).rejects.toThrow(
      /process 7 on elsewhere, since 2026-01-02T03:04:05.000Z \(\d+ days\)/,
    );
    expect(ran).toBe(false);
    expect([...nodes[0].files.keys()]).toEqual([]);
    expect([...nodes[1].files.keys()]).toEqual([place]);
  });

  test('of a process that is gone, or that is none, is taken over', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    const gone = { ...elsewhere, host: hostname(), pid: child.pid };
    for (const owner of [gone, 'not JSON', '{"pid":"x"}', '7', '']) {
      const node = aNode();
      hold(node, owner);
      expect(await take([node])).toBe('done');
      expect([...node.files.keys()]).toEqual([]);
    }
  });

  test('of a process that is gone is also taken away from a node that needs no change, and nothing else is', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    const gone = { ...elsewhere, host: hostname(), pid: child.pid };
    for (const [owner, left] of [
      [gone, []],
      [elsewhere, [place]],
      [undefined, []],
    ] as const) {
      const node = aNode();
      if (owner) hold(node, owner);
      const lock = join('/nowhere', 'lock');
      await withNodeLocks(locksOf([node], lock, 'none'), async () => 'done');
      expect([...node.files.keys()]).toEqual(left);
      if (owner !== gone) expect(node.changing).toBe(0);
    }
  });

  test('that a killed run had only prepared is found by the next run of the same controller', async () => {
    const node = aNode();
    const lock = join('/nowhere', 'lock');
    const killed = new Map([[node.name, node.open(2, 'before')]]);
    const without = await withNodeLocks({ ...locksOf([node], lock), connections: killed }, async (reached) =>
      reached.get(node.name),
    );
    expect(without).toMatchObject({ name: 'SessionError', message: expect.stringContaining('link') });
    expect([...node.files.keys()]).toEqual([expect.stringMatching(/\\lock\.[0-9a-f]{16}\\owner\.json$/)]);
    await withNodeLocks(locksOf([node], lock, 'none'), async () => 'done');
    expect([...node.files.keys()]).toEqual([]);
  });

  test('that is never won leaves its node out, and is not tried for ever', async () => {
    const nodes = [aNode('a'), aNode('b')] as const;
    const session = nodes[0].open();
    let tries = 0;
    const call = async (request: AgentCall): Promise<never> => {
      if (request.call !== 'Move-Path') return session.call(request);
      tries += 1;
      throw new CallError('a', 'Move-Path', 'PathExists', 'something else stands there');
    };
    const facts: Fact[] = [];
    const given = locksOf(nodes);
    const connections = new Map([...given.connections, ['a', { ...session, node: 'a', call } as never]]);
    const locks = { ...given, connections, emit: (fact: Fact) => void facts.push(fact) };
    const reached = await withNodeLocks(locks, async (left) => left);
    expect(reached.get('a')).toMatchObject({
      name: 'SessionError',
      message: expect.stringContaining('the lock of the node is not to be had'),
      remedy: expect.stringContaining('C:\\ProgramData\\oriel\\lock'),
    });
    expect(reached.get('b')).toBe(connections.get('b'));
    expect(tries).toBeLessThan(200);
    expect(facts).toEqual([expect.objectContaining({ kind: 'node-failed', node: 'a' })]);
  });

  test('is broken only when somebody says so', async () => {
    for (const answer of [false, true]) {
      const node = aNode();
      hold(node, elsewhere);
      const asked: string[] = [];
      const ask = async (question: string): Promise<boolean> => {
        asked.push(question);
        return answer;
      };
      const end = await take([node], undefined, ask).catch((error: Error) => error.message);
      expect(end).toMatch(answer ? /^done$/ : /another run holds the node/);
      expect(asked).toEqual([
        expect.stringMatching(/^glance-1 is held by oriel apply, process 7 .*Break its lock\?$/),
      ]);
    }
  });

  test('goes to one of many that want it at once', async () => {
    const node = aNode();
    let inside = 0;
    let refused = 0;
    const body = async (): Promise<string> => {
      inside += 1;
      expect(inside).toBe(1);
      // However slow the machine is: nobody else has come to his end before the holder has.
      while (refused < 9) await new Promise((resolve) => setTimeout(resolve, 1));
      return 'done';
    };
    const takeOne = () =>
      take([node], body).catch((error: unknown) => {
        refused += 1;
        throw error;
      });
    const all = await Promise.allSettled(Array.from({ length: 10 }, takeOne));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
