import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idleConnections, send } from './client.ts';
import { type GlanceNode, glanceNode, truePayload } from './glance.ts';

const { tree, missing } = await truePayload();

// Each repair is left out once, and the release shows the defect that it is for. The day upstream's text is gone, so may the repair.
describe.skipIf(!tree)(
  `what Glance 29.2.1 does on Windows without a repair${missing}`,
  { timeout: 180_000 },
  () => {
    let node: GlanceNode;

    beforeAll(async () => {
      if (!tree) return;
      node = await glanceNode(tree, 1);
      const sync = await node.run('glance-manage', ['db', 'sync']);
      expect(sync, sync.stderr.slice(-2000)).toMatchObject({ exitCode: 0 });
    }, 300_000);
    afterAll(() => node?.end(), 60_000);

    it.each([
      ['no_eventlet_pipe_mutex', 'glance-api', "No module named 'fcntl'"],
      ['no_eventlet_pipe_mutex', 'glance-scrubber', "No module named 'fcntl'"],
      ['netifaces_by_psutil', 'glance-api', "No module named 'netifaces'"],
      ['hand_over_listening_socket', 'glance-api', "'NoneType' object has no attribute 'share'"],
    ])('%s: %s ends', async (repair, program, text) => {
      const ended = await node.run(program, [], { ORIEL_WITHOUT: repair });
      expect(ended.timedOut).toBe(false);
      expect(ended.exitCode).not.toBe(0);
      expect(`${ended.stdout}${ended.stderr}`).toContain(text);
    });

    it('a pool of 1000 connections: the process ends when a client opens 600', async () => {
      const running = node.run('glance-api', [], { ORIEL_CONNECTIONS: '1000', ...alone });
      await expect.poll(() => answers(node), { timeout: 120_000, interval: 500 }).toBe(true);
      const sockets = await idleConnections(node, 600);
      const ended = await running;
      for (const socket of sockets) socket.destroy();
      expect(`${ended.stdout}${ended.stderr}`).toContain('too many file descriptors in select()');
    });

    it.each([
      ['glance-scrubber', []],
      ['glance-status', ['upgrade', 'check']],
      ['glance-cache-pruner', []],
      ['glance-cache-cleaner', []],
    ])('with all repairs %s runs to its end', async (program, args) => {
      const ended = await node.run(program, args);
      expect(ended, ended.stderr.slice(-2000)).toMatchObject({ exitCode: 0, timedOut: false });
    });

    it('with all repairs the metadata definitions are loaded', async () => {
      const ended = await node.run('glance-manage', [
        'db',
        'load_metadefs',
        'C:\\glance\\python\\lib\\site-packages\\etc\\glance\\metadefs',
      ]);
      expect(ended, ended.stderr.slice(-2000)).toMatchObject({ exitCode: 0 });
    });
  },
);

/** Without workers, so that the process that is looked at is the one that serves. */
const alone = { OS_DEFAULT__WORKERS: '0' };

async function answers(node: GlanceNode): Promise<boolean> {
  return send(node, 'GET', '/healthcheck').then(
    ({ status }) => status === 200,
    () => false,
  );
}
