import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'vitest';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import type { OpenOptions } from '../../src/session/open-options.ts';
import type { Session } from '../../src/session/session.ts';
import { leftOut, whole } from '../extent.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { answerCases } from './contract/answers.ts';
import { callCases } from './contract/calls.ts';
import { fileCases } from './contract/files.ts';
import { linkCases } from './contract/links.ts';
import { strainCases } from './contract/strain.ts';
import type { Network } from './network.ts';

/** One way to a node, for the contract. */
export interface SessionKind {
  readonly name: string;
  /** It is as another kind in all but its login, or each byte costs a lot: `make test` tries it by small calls alone, or with small files. */
  readonly sample?: 'calls' | 'small files';
  /** No node is behind it whose disk could be looked at: the cases about files are not for it. */
  readonly withoutFiles?: true;
  /** Lets sessions be opened to a stand-in node; files of the way itself belong in `folder`. */
  serve(node: StandIn, folder: string): Promise<Served>;
  /** The same to an agent that the test plays, on the streams that its program would have. */
  script(agent: (streams: Duplex) => void, folder: string): Promise<Served>;
}

export interface Served {
  open(options?: Partial<OpenOptions>): Promise<Session>;
  /** A session whose link is cut when so many bytes have gone to the node, those of its opening included. */
  openCutAfter(bytes: number): Promise<Session>;
  /** Cuts every link. */
  cut(): void;
  /** A session whose link is a network that the test plays; absent: there is no network between. */
  openOver?(network: Network, options?: Partial<OpenOptions>): Promise<Session>;
  close(): Promise<void>;
}

/** A stand-in node and the way to it, anew for every case. */
export interface Place {
  readonly folder: string;
  readonly node: StandIn;
  readonly served: Served;
  /** Serves an agent that the case plays; closed after it. */
  script(agent: (streams: Duplex) => void): Promise<Served>;
}

/** Bytes: twice a window of an agent's calls. */
const smallFile = 6 * 1024 * 1024 + 4711;

/** What every kind of session holds to, whatever is between it and the node. */
export function sessionContract(kind: SessionKind): void {
  describe(`a session ${kind.name}`, () => {
    let current: Place;
    let ends: (() => Promise<unknown>)[] = [];
    beforeEach(async () => {
      const { folder, remove } = await temporaryFolder();
      ends = [remove];
      const node = await aSimulatedNode(folder);
      ends.unshift(() => node.backing.close());
      const served = await kind.serve(node, folder);
      ends.unshift(() => served.close());
      current = {
        folder,
        node,
        served,
        async script(agent) {
          const scripted = await kind.script(agent, folder);
          ends.unshift(() => scripted.close());
          return scripted;
        },
      };
    });
    afterEach(async () => {
      for (const end of ends) await end();
    });
    const place = (): Place => current;
    const sample = whole ? undefined : kind.sample;
    callCases(place, { large: sample !== 'calls' });
    if (sample !== 'calls') {
      answerCases(place);
      linkCases(place);
      strainCases(place, { withFiles: !kind.withoutFiles });
    }
    if (kind.withoutFiles) return;
    if (sample !== 'calls') fileCases(place, sample && smallFile);
    if (sample) it.skip(`whole: ${leftOut}`);
  });
}
