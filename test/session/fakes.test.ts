import { afterEach, beforeEach, describe } from 'vitest';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { FakeNode } from '../fixtures/fake-node.ts';
import { standInSession } from '../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { callCases } from './contract/calls.ts';

describe('the session of a node in memory, as other tests have it', () => {
  callCases(() => ({ served: { open: async () => new FakeNode('glance-1', new FakeDatabase()).open() } }));
});

describe('the session of a stand-in without a link, as other tests have it', () => {
  let node: StandIn;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const place = await temporaryFolder();
    ({ remove } = place);
    node = await aSimulatedNode(place.folder);
  });
  afterEach(async () => {
    await node.backing.close();
    await remove();
  });
  callCases(() => ({ served: { open: async () => standInSession(node) } }));
});
