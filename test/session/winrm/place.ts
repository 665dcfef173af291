import { afterEach, beforeEach, expect } from 'vitest';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { WinRmFaults } from '../../../src/sandbox/winrm/service/faults.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { OpenOptions } from '../../../src/session/open-options.ts';
import type { Session } from '../../../src/session/session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { hello, onRequest } from '../scripted.ts';
import { played } from './scripted.ts';
import { startWinrm, type WinrmOptions, type WinrmSettings, winrmSettings } from './served.ts';

/** A stand-in node, anew for every case; `faults` is what is wrong with its WinRM as of now. */
export interface Place {
  folder: string;
  node: StandIn;
  faults: WinRmFaults;
  /** What is done after the case. */
  ends: (() => Promise<unknown>)[];
  /** Serves the node, and gives what opens a session to it. */
  readonly serve: (options?: WinrmOptions) => Promise<Open>;
}

type Open = (options?: Partial<OpenOptions>, own?: Partial<WinrmSettings>) => Promise<Session>;

export const state = { call: 'Get-FileState', path: 'C:\\x' };
export const absent = { kind: 'absent' };

export function aPlace(): Place {
  const place = {
    async serve(options: WinrmOptions = {}): Promise<Open> {
      const server = await startWinrm(place.node, { faults: () => place.faults, ...options });
      place.ends.unshift(() => server.close());
      return async (opening, own = {}) =>
        openSession(await winrmSettings(place.folder, server.ports[own.scheme ?? 'http'], own), opening);
    },
  } as Place;
  beforeEach(async () => {
    const { folder, remove } = await temporaryFolder();
    const node = await aSimulatedNode(folder);
    Object.assign(place, { folder, node, faults: {}, ends: [() => node.backing.close(), remove] });
  });
  afterEach(async () => {
    for (const end of place.ends) await end();
  });
  return place;
}

/** An agent that answers every request, and notes its number. */
export function counting(requests: number[], answer: (id: number) => object = () => absent) {
  return played((streams) => {
    streams.write(hello);
    onRequest(streams, ({ id }) => {
      requests.push(id);
      streams.write(`${JSON.stringify({ id, result: answer(id) })}\n`);
    });
  });
}

/** 1, 2, 3 ... */
export function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

export function reasonOf(promise: Promise<unknown>): Promise<Error & { remedy?: string; kind?: string }> {
  return promise.then(
    () => expect.fail('it did not fail'),
    (error) => error,
  );
}
