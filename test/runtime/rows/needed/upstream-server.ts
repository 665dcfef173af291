import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect } from 'vitest';
import type { Rows } from '../../acceptance.ts';
import { answers, clientThatLeaves, idleConnections } from '../../client.ts';
import { alone, type GlanceNode } from '../../node.ts';
import { startWithout } from './start.ts';
import { without } from './without.ts';

const ofServer = ['serve_bounded_and_drain', 'accept_after_clients_that_left'];
const ofParent = ['keep_workers_alive', 'say_when_ready'];

/** The server of the release itself, with three workers. */
export const upstreamServerRows: Rows = (node) => {
  describe('with its own server', () => {
    beforeAll(() => startWithout(node(), [...ofServer, ...ofParent]), 200_000);

    without(['say_when_ready'], 'nobody knows when it serves', async () => {
      const serving = () => sinceStart(node().log()).match(/wsgi starting up/g);
      await expect.poll(serving, { timeout: 60_000, interval: 300 }).toHaveLength(3);
      await sleep(1000);
      expect(await node().state()).toMatchObject({ status: 'StartPending' });
    });

    without(
      ['serve_bounded_and_drain', 'keep_workers_alive'],
      'a client with 600 idle connections ends a worker, and it is not replaced',
      async () => {
        const [, worker = 0] = node().pythons();
        const idle = await alone(node(), worker, async () => {
          const sockets = await idleConnections(node(), 600);
          await endOf(node(), worker);
          return sockets;
        });
        // Behind those that are still to be accepted.
        expect(await answers(node())).toBe(true);
        for (const socket of idle) socket.destroy();
        expect(node().log()).toContain('too many file descriptors in select()');
        await sleep(3000);
        expect(node().pythons()).toHaveLength(3);
      },
    );

    without(['accept_after_clients_that_left'], 'a client that left early ends a worker', async () => {
      const [, worker = 0] = node().pythons();
      await alone(node(), worker, async () => {
        process.kill(worker, 'SIGSTOP');
        await clientThatLeaves(node());
        process.kill(worker, 'SIGCONT');
        await endOf(node(), worker);
      });
      expect(node().log()).toContain('WinError 10057');
    });
  });
};

function endOf(node: GlanceNode, pid: number): Promise<void> {
  return expect.poll(() => node.pythons(), { timeout: 30_000 }).not.toContain(pid);
}

function sinceStart(log: string): string {
  return log.slice(log.lastIndexOf('oriel-service: starting'));
}
