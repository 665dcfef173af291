import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { checksGate } from '../../src/deploy/gate.ts';
import { CallError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { type FakeGlance, FakeShare, fakeGlance } from '../fixtures/fake-glance.ts';
import { FakeNode } from '../fixtures/fake-node.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
let share: FakeShare;
let glance: FakeGlance;
let node: FakeNode;

beforeEach(async () => {
  share = new FakeShare();
  glance = await fakeGlance(share);
  node = new FakeNode('glance-2', new FakeDatabase());
  const { hostname, port } = new URL(glance.url);
  const conf = `[DEFAULT]\nbind_host = ${hostname}\nbind_port = ${port}\n`;
  node.files.set(`${windowsPaths.config}\\glance-api.conf`, Buffer.from(conf));
});
afterEach(() => glance.close());

async function tried(signal = new AbortController().signal) {
  const facts: Fact[] = [];
  const reason = await checksGate(deployment)('glance-2', (fact) => facts.push(fact), signal, node.open());
  const ended = facts.flatMap((fact) =>
    fact.kind === 'check-finished' ? [`${fact.node}: ${fact.check} ${fact.verdict}`] : [],
  );
  return { reason, ended };
}

describe('the gate of a changed node', () => {
  test('has it take an image and give it back, alone, where its own configuration says that it serves', async () => {
    const { reason, ended } = await tried();
    expect(reason).toBeUndefined();
    const names = ['health', 'create', 'upload', 'read', 'delete', 'gone'];
    expect(ended).toEqual([
      ...names.map((name) => `glance-2: glance/${name} pass`),
      'glance-2: glance/share-handles skip',
    ]);
    expect(glance.log).toContain('PUT /v2/images/ID/file 204');
    expect(share.images.size).toBe(0);
  });

  test('says which check failed, why, and what to do', async () => {
    glance.faults.add('refuses-uploads');
    const { reason } = await tried();
    expect(reason).toMatch(/^glance\/upload: PUT .*status 410.*\(the store was not there .*\)$/);
    expect(share.images.size).toBe(0);
  });

  test('is no failure of the node where somebody interrupts, and one where its agent does not answer', async () => {
    const interrupted = await tried(AbortSignal.abort());
    expect(interrupted.reason).toBeUndefined();
    expect(new Set(interrupted.ended.map((line) => line.split(' ').at(-1)))).toEqual(new Set(['skip']));
    node.answers.set('Get-FileContent', ({ call }) => {
      throw new CallError('glance-2', call, 'AccessDenied', 'access is denied');
    });
    expect((await tried()).reason).toBe('access is denied');
  });
});
