import { afterAll, expect, test } from 'vitest';
import { declareFeatures } from '../../../src/components/windows/features.ts';
import type { Fact } from '../../../src/events/events.ts';
import { applySteps } from '../../../src/plan/apply/apply.ts';
import { idOf } from '../../../src/resources/model/resource.ts';
import { aDeployment, images } from '../../fixtures/deployment.ts';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const site = aDeployment()
  .with({ shares: { images } })
  .withNode('glance-1', { windowsFeatures: ['Web-Server'] })
  .withNode('sofs1-1', { roles: ['storage'], windowsFeatures: ['Failover-Clustering', 'FS-FileServer'] });

test('a node gets the features that the site names, and a file server those of its shares, each once', () => {
  expect(declareFeatures(site.build()).map(idOf)).toEqual([
    'glance-1/windows/windows-feature/Web-Server',
    'sofs1-1/windows/windows-feature/FS-FileServer',
    'sofs1-1/windows/windows-feature/Failover-Clustering',
  ]);
  const volume = { ...images, kind: 'csv', path: 'C:\\ClusterStorage\\Volume1\\images' } as const;
  const declared = declareFeatures(site.with({ shares: { images: volume } }).build());
  expect(declared.filter(({ node }) => node === 'sofs1-1')).toHaveLength(2);
});

test('features are installed once; one that Windows does not have is said, and what comes after it is left', async () => {
  const session = standInSession(await aSimulatedNode(folder));
  const declared = declareFeatures(site.build()).filter(({ node }) => node === 'sofs1-1');
  const forever = new AbortController().signal;
  const facts: Fact[] = [];
  const options = { emit: (fact: Fact) => void facts.push(fact), stop: forever, abort: forever };
  const connections = new Map([
    ['sofs1-1', session],
    ['glance-1', session],
  ]);
  expect(await applySteps(declared, connections, options)).toMatchObject({ changed: 2, failed: 0 });
  expect(await applySteps(declared, connections, options)).toMatchObject({ changed: 0, unchanged: 2 });
  expect(session.changing).toEqual(['Install-ServerFeature', 'Install-ServerFeature']);
  const unknown = declareFeatures(site.build()).filter(({ node }) => node === 'glance-1');
  expect(await applySteps(unknown, connections, options)).toMatchObject({ failed: 1 });
  expect(facts.at(-1)).toMatchObject({ reason: 'Windows has no feature Web-Server here' });
});
