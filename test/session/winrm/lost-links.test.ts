import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import type { Session } from '../../../src/session/session.ts';
import { whole } from '../../extent.ts';
import { hello, onRequest } from '../scripted.ts';
import { absent, aPlace, counting, numbersTo, reasonOf, state } from './place.ts';
import { played } from './scripted.ts';
import { startWinrm, winrmSettings } from './served.ts';

const place = aPlace();

describe('a connection that ends', () => {
  it.each(['http', 'https'] as const)(
    'situation 06: while nobody speaks is replaced by another over %s',
    async (scheme) => {
      const requests: number[] = [];
      const run = counting(requests);
      const session = await (await place.serve({ run }))({}, { scheme });
      place.faults = { closeIdleAfter: 400 };
      for (let round = 0; round < 4; round += 1) {
        expect(await session.call(state)).toEqual(absent);
        await sleep(600);
      }
      await session.close();
      expect(requests).toEqual([1, 2, 3, 4, 5]);
    },
  );

  it('situation 06: between a message and its answer costs no wrong answer, and nothing is done twice', async () => {
    const requests: number[] = [];
    const run = counting(requests, (id) => ({ lines: [`${id}`] }));
    const open = await place.serve({ run });
    for (const cutBeforeReply of [7, 11, 12]) {
      place.faults = {};
      requests.length = 0;
      const session = await open();
      place.faults = { cutBeforeReply };
      const answers = await Promise.allSettled(
        Array.from({ length: 30 }, () => session.call({ call: 'Get-FileTail', path: 'C:\\x', lines: 1 })),
      );
      answers.forEach((answer, index) => {
        if (answer.status === 'fulfilled') expect(answer.value).toEqual({ lines: [`${index + 1}`] });
        else expect(answer.reason).toMatchObject({ kind: 'lost' });
      });
      place.faults = {};
      await session.close();
      expect(requests).toEqual(numbersTo(requests.length));
    }
  });
});

describe('a login that the node forgets', () => {
  it.each(whole ? numbersTo(12) : [1, 2, 3, 5, 8])(
    'situation 06: at its question %i is repeated on a new connection, and nothing is done twice',
    async (forgetLoginAt) => {
      const requests: number[] = [];
      const run = counting(requests);
      const open = await place.serve({ run });
      place.faults = { forgetLoginAt };
      const session = await open();
      for (let round = 0; round < 4; round += 1) expect(await session.call(state)).toEqual(absent);
      await session.close();
      expect(requests).toEqual([1, 2, 3, 4, 5]);
    },
  );

  it('situation 06: at the first question of every connection is given up', async () => {
    const questions = { seen: 0 };
    place.faults = {
      get forgetLoginAt() {
        questions.seen += 1;
        return questions.seen;
      },
    };
    const error = await reasonOf((await place.serve())());
    expect(error).toMatchObject({ name: 'SessionError', kind: 'unreachable' });
    expect(error.message).toContain('lets us in and then does not know who we are');
    expect(questions.seen).toBeLessThan(20);
  });
});

describe('a shell that is gone', () => {
  const all = Array.from({ length: 11 }, (_, index) => index + 2);
  it.each(whole ? all : [3, 8, 9, 10, 12])(
    'situation 09: after %i messages ends the session, and nothing is done twice',
    async (after) => {
      const requests: number[] = [];
      const run = counting(requests);
      const open = await place.serve({ run });
      place.faults = { forgetShellsAfter: after };
      const session = await open().catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'SessionError' });
        return undefined;
      });
      for (let call = 0; session && call < 12; call += 1) {
        const end = await session.call(state).catch((error: unknown) => error);
        if (end instanceof Error) expect(end).toMatchObject({ name: 'SessionError', kind: 'lost' });
        else expect(end).toEqual(absent);
      }
      await session?.close();
      expect(requests).toEqual(numbersTo(requests.length));
    },
  );

  it('situation 09: when the work is done is no failure', async () => {
    const session = await (await place.serve())();
    expect(await session.call(state)).toEqual(absent);
    place.node.power.emit('restart');
    await session.close();
  });
});

describe('a service that is stopped', () => {
  it.each(['reset', 'headers', 'body'] as const)(
    'situation 14: at a Receive, with %s, ends all that waits',
    async (as) => {
      let asked = 0;
      const run = played((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id }) => {
          asked += 1;
          if (asked === 1) streams.write(`{"id":${id},"result":{"kind":"absent"}}\n`);
        });
      });
      const session = await (await place.serve({ run }))();
      // The answer to the first call comes with the second Receive.
      place.faults = { dropDuringReceive: { receive: 3, as, backAfter: 100 } };
      expect(await session.call(state)).toEqual(absent);
      const waiting = [session.call(state), session.call(state), session.put(import.meta.filename, 'C:\\x')];
      for (const one of waiting)
        expect(await reasonOf(one)).toMatchObject({ name: 'SessionError', kind: 'lost' });
      await session.close();
    },
  );
});

describe('a service that misbehaves', () => {
  it('and says nothing is given up while it is opened, and later', async () => {
    const open = await place.serve();
    const session = await open({ silence: 1_500 });
    place.faults = { pace: 'mute' };
    expect(await reasonOf(session.call(state))).toMatchObject({ kind: 'lost' });
    await session.close();
    const error = await reasonOf(open({ channel: 300 }));
    expect(error).toMatchObject({ name: 'SessionError', kind: 'unreachable' });
  });

  it('and says without end is given up', async () => {
    place.faults = { pace: 'flood' };
    const error = await reasonOf((await place.serve())());
    expect(error).toMatchObject({ name: 'SessionError' });
    expect(error.message).toMatch(/longer than|there was no answer/);
  });
});

describe('at the end of a session', () => {
  it.each([
    ['that is closed', (session: Session) => session.close()],
    [
      'that is given up',
      (session: Session, run: AbortController) => {
        run.abort();
        return session.close();
      },
    ],
    [
      'that is given up in the middle of a call',
      (session: Session, run: AbortController) => {
        void session.call(state).catch(() => {});
        run.abort();
        return session.close();
      },
    ],
  ])('%s no shell is left behind', async (_, end) => {
    const server = await startWinrm(place.node);
    place.ends.unshift(() => server.close());
    const run = new AbortController();
    const settings = await winrmSettings(place.folder, server.ports.http);
    const session = await openSession(settings, { abort: run.signal });
    expect(server.seen().shells).toBe(1);
    await end(session, run);
    await expect.poll(() => server.seen().shells, { timeout: 10_000 }).toBe(0);
  });

  it('whose agent never said hello neither', async () => {
    const server = await startWinrm(place.node, { run: played(() => {}) });
    place.ends.unshift(() => server.close());
    const settings = await winrmSettings(place.folder, server.ports.http);
    expect(await reasonOf(openSession(settings, { hello: 200 }))).toMatchObject({ kind: 'protocol' });
    expect(server.seen().shells).toBe(0);
  });
});
