import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import { whole } from '../../extent.ts';
import { hello } from '../scripted.ts';
import { absent, aPlace, counting, numbersTo, reasonOf, state } from './place.ts';
import { startWinrm, type WinrmOptions, winrmSettings } from './served.ts';

const place = aPlace();

describe('characters that arrive in pieces', () => {
  it('situation 12: are whole at every cut, of both streams', async () => {
    const text = 'a\u00fc\u2264\u{1f31f} \u2264';
    const noise: string[] = [];
    const run: WinrmOptions['run'] = async (_node, _command, { output, words, closed }) => {
      const bytes = Buffer.from(`${text}\r\n`);
      for (let at = 1; at < bytes.length; at += 1)
        for (const piece of [bytes.subarray(0, at), bytes.subarray(at)]) {
          output.write(piece);
          words.write(piece);
          await sleep(1);
        }
      words.write(Buffer.from('\u2264').subarray(0, 2));
      words.write('\n');
      output.write(hello);
      await closed;
      return 0;
    };
    const session = await (await place.serve({ run }))({ onNoise: (line) => noise.push(line) });
    const whole = Buffer.byteLength(text) + 1;
    expect(noise.filter((line) => line === text)).toHaveLength(2 * whole);
    expect(noise.filter((line) => line !== text)).toEqual(['\ufffd']);
    await session.close();
  });
});

describe('a sending whose end is not known', () => {
  const calls = whole ? 1_000 : 60;
  const ways = (['none', 'half', 'all'] as const).flatMap((written) =>
    (['timed-out', 'reset'] as const).map((how) => [written, how] as const),
  );
  it.each(ways)(
    'situation 13: with %s of it written, and then %s, is carried out once',
    async (written, how) => {
      const requests: number[] = [];
      const run = counting(requests);
      const session = await (await place.serve({ run }))();
      place.faults = { send: { each: 3, written, how } };
      const path = `C:\\${'x'.repeat(200)}`;
      for (let round = 0; round < calls; round += 20) {
        const answers = Array.from({ length: 20 }, () => session.call({ ...state, path }));
        expect(await Promise.all(answers)).toEqual(Array(20).fill(absent));
      }
      place.faults = {};
      await session.close();
      expect(requests).toEqual(numbersTo(calls + 1));
    },
  );

  it('situation 13: that never ends well ends the session in the middle of the call', async () => {
    const session = await (await place.serve())();
    place.faults = { send: { each: 1, written: 'none', how: 'timed-out' } };
    expect(await reasonOf(session.call(state))).toMatchObject({ kind: 'lost' });
    await session.close();
  });
});

describe('a file', () => {
  it('goes in envelopes that are full, whatever the node takes', async () => {
    const source = `${place.folder}/source`;
    const bytes = randomBytes(2 * 1024 * 1024);
    await writeFile(source, bytes);
    for (const MaxEnvelopeSizekb of [500, 150]) {
      const server = await startWinrm(place.node, { config: { MaxEnvelopeSizekb } });
      place.ends.unshift(() => server.close());
      const session = await openSession(await winrmSettings(place.folder, server.ports.http));
      const before = server.seen().sends;
      expect(await session.put(source, `C:\\ProgramData\\${MaxEnvelopeSizekb}`)).toMatchObject({
        sent: bytes.length,
      });
      // Base64 in the line of the agent, and again in the envelope; the calls around a file take one each.
      const needed = (bytes.length * 16) / 9 / (MaxEnvelopeSizekb * 1024);
      expect(server.seen().sends - before).toBeLessThan(needed * 1.1 + 8);
      await session.close();
    }
  });
});
