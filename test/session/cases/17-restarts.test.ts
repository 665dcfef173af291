import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startActivity } from '../../../src/events/activity.ts';
import type { Clock } from '../../../src/plan/apply/clock.ts';
import { restart } from '../../../src/plan/apply/restart.ts';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { NodeServer } from '../../../src/sandbox/server/ssh-server.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { reconnecting } from '../../../src/session/open/reconnecting.ts';
import type { Session } from '../../../src/session/session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { type ServedSettings, settingsFor, startServed } from '../servers.ts';

/** What a forwarder does with a connection while the node behind it is away. */
type Away = 'passes on' | 'accepts and stays silent' | 'resets';

let node: StandIn;
let server: NodeServer;
let forwarder: Awaited<ReturnType<typeof aForwarder>>;
let settings: ServedSettings;
let session: Session;
let ends: (() => unknown)[] = [];

beforeEach(async () => {
  const { folder, remove } = await temporaryFolder();
  node = await aSimulatedNode(folder);
  ({ server } = await startServed(node, folder));
  forwarder = await aForwarder(server.port);
  settings = await settingsFor(folder, forwarder.port);
  session = await reconnecting((signal) => openSession(settings, { ...(signal && { signal }) }));
  ends = [
    () => session.close(),
    () => forwarder.close(),
    () => server.close(),
    () => node.backing.close(),
    remove,
  ];
});
afterEach(async () => {
  for (const end of ends) await end();
});

/** A port that takes connections whatever becomes of the node behind it. */
async function aForwarder(port: number) {
  let away: Away = 'passes on';
  const sockets = new Set<Socket>();
  const tcp = createServer((near) => {
    sockets.add(near.on('error', () => {}));
    if (away === 'resets') near.resetAndDestroy();
    if (away !== 'passes on') return;
    const far = connect({ host: '127.0.0.1', port }).on('error', () => near.destroy());
    sockets.add(far);
    near.pipe(far).pipe(near);
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  return {
    port: (tcp.address() as AddressInfo).port,
    turn(next: Away) {
      away = next;
    },
    /** What is open stays open, and nothing comes through any more. */
    drop() {
      for (const socket of sockets) socket.unpipe().pause();
      sockets.clear();
    },
    close() {
      tcp.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Restarts the node; `before` is told each probe, by its number. Only pauses count as time. */
async function restarted(
  beforeProbe: (probe: number) => void,
  { wait = 3_600, of = session }: { readonly wait?: number; readonly of?: Session } = {},
) {
  let [probes, now] = [0, 0];
  const warned: string[] = [];
  const clock: Clock = {
    now: () => now,
    async sleep(ms) {
      probes += 1;
      beforeProbe(probes);
      now += ms;
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 100)));
    },
  };
  const boot = '2024-01-01T00:00:00.000Z';
  const failure = await restart(
    { do: 'restart', description: 'restarts Windows', before: { booted: boot, boot }, wait },
    {
      ...{ session: of, clock, signal: new AbortController().signal },
      activity: startActivity(() => {}, 'glance-1/windows/reboot/windows', 'glance-1', 'restarts'),
      warn: (message) => warned.push(message),
    },
    { first: 400, last: 60_000 },
  );
  return { failure, warned, probes };
}

describe('situation 17: a node that restarts behind a port that is always open', () => {
  it.each([
    ['stays silent', 'accepts and stays silent'],
    ['resets every connection', 'resets'],
  ] as const)('is waited for while the port %s', async (_, away) => {
    const { failure, probes } = await restarted((probe) => {
      if (probe === 1) forwarder.turn(away);
      if (probe === 3) forwarder.turn('passes on');
    });
    expect(failure).toBeUndefined();
    expect(probes).toBeGreaterThan(2);
    expect(await session.call({ call: 'Get-RebootState' })).toMatchObject({ reasons: [] });
  });

  it('is back before the first look', async () => {
    node.power.removeAllListeners('restart');
    expect((await restarted(() => {})).failure).toBeUndefined();
  });

  it('is back while the old connection is open for good', async () => {
    const { failure } = await restarted((probe) => {
      if (probe === 1) forwarder.drop();
    });
    expect(failure).toBeUndefined();
  });

  it('that does not come back is told with the last that was seen of it', async () => {
    const { failure } = await restarted(
      (probe) => {
        if (probe === 1) forwarder.turn('accepts and stays silent');
      },
      { wait: 2 },
    );
    expect(failure).toMatchObject({
      away: true,
      message: expect.stringMatching(
        /^it was not back after 2 s: no SSH connection to 127\.0\.0\.1:\d+: it accepts connections and sends no SSH banner \(since \d\d:\d\d:\d\d\)$/,
      ),
    });
  });
});

describe('situation 16: a node whose clock is set while it is to restart', () => {
  it('has not restarted, and that is said', async () => {
    const deaf: Session = {
      ...session,
      call: async (call, options) =>
        session.call(call.call === 'Restart-Node' ? { call: 'Get-Facts' } : call, options),
    };
    node.backing.memory.set('machine', 'booted', '2024-01-01T01:00:00.000Z');
    const { failure, warned } = await restarted(() => {}, { wait: 8, of: deaf });
    expect(failure).toMatchObject({ away: true, message: expect.stringContaining('has not restarted') });
    expect(warned).toEqual([expect.stringContaining('its clock was set')]);
  });
});
