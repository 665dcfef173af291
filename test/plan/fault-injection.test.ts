import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { declareTasks } from '../../src/components/glance/declare/tasks.ts';
import { declareStorage } from '../../src/components/storage/shares.ts';
import { declareCertificates } from '../../src/components/windows/certificates.ts';
import { declareFeatures } from '../../src/components/windows/features.ts';
import { withRestarts } from '../../src/components/windows/reboot.ts';
import { applySteps, type Outcome } from '../../src/plan/apply/apply.ts';
import type { Clock } from '../../src/plan/apply/clock.ts';
import type { Declaration } from '../../src/resources/model/resource.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { Secret } from '../../src/secret.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { type Fault, standInSession } from '../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const value = new Secret('service_password', 'correct horse');
const pfx = join(import.meta.dirname, '../fixtures/certificates/rsa.pfx');
const { rollout } = aDeployment().build();
const site = aDeployment()
  .with({ rollout: { ...rollout, reboot: 'when-needed' } })
  .withGlance({
    service: { account: 'EXAMPLE\\svc', password: value, groups: [], recovery: 'restart', drain: 60 },
    tasks: [{ name: 'purge', run: ['glance-manage', 'db', 'purge'], when: { daily: '03:30' }, limit: 3600 }],
  })
  .withNode('glance-1', {
    windowsFeatures: ['Failover-Clustering'],
    certificates: [{ name: 'tls', file: pfx, password: new Secret('pfx', 'contract'), store: 'My' }],
  });
const shares = aDeployment()
  .withNode('glance-1', { roles: ['storage'] })
  .with({
    shares: {
      images: {
        name: 'images',
        kind: 'smb',
        path: '\\\\glance-1\\images',
        folder: 'C:\\images',
        manage: true,
        access: ['EXAMPLE\\svc'],
        continuouslyAvailable: false,
        encrypt: true,
        free: { warn: 20, fail: 10 },
      },
    },
  })
  .build();

/** One thing of each kind that Windows itself has, on one node. */
async function declareAll(): Promise<readonly Declaration[]> {
  const deployment = site.build();
  const [node] = deployment.nodes;
  if (!node) expect.fail('there is no node');
  return [
    ...withRestarts(deployment, declareFeatures(deployment)),
    ...(await declareCertificates(deployment, () => ['EXAMPLE\\svc'])),
    ...declareStorage(shares),
    ...declareTasks(deployment, node, { salt: 's', service: '' }).map((one) => ({ ...one, after: [] })),
  ];
}

/** Short, as a stand-in is away for a moment only. */
const clock: Clock = {
  now: () => performance.now(),
  sleep: () => new Promise((resolve) => setTimeout(resolve, 60)),
};

async function run(node: StandIn, declared: readonly Declaration[], fault?: Fault) {
  const session = standInSession(node, fault);
  const forever = new AbortController().signal;
  const options = { emit: () => {}, stop: forever, abort: forever, clock };
  const outcome: Outcome = await applySteps(declared, new Map([['glance-1', session]]), options);
  return { outcome, calls: session.calls(), changing: session.changing };
}

/** On a node of its own: struck, applied again, and then there is nothing to do. */
async function faultOnce(declared: readonly Declaration[], { at, when }: Fault): Promise<void> {
  const node = await aSimulatedNode(join(folder, `${at}-${when}`));
  let boots = 0;
  node.power.on('restart', () => {
    boots += 1;
  });
  const place = `the link is lost ${when} call ${at}`;
  const faulty = await run(node, declared, { at, when });
  const next = await run(node, declared);
  expect(next.outcome, place).toMatchObject({ failed: 0, skipped: 0 });
  expect(boots, place).toBe(1);
  const both = [...faulty.changing, ...next.changing];
  for (const once of ['Install-ServerFeature', 'Add-Certificate', 'New-Share'])
    expect(both.filter((call) => call === once).length, `${once}: ${place}`).toBe(1);
  expect((await run(node, declared)).changing, place).toEqual([]);
}

test('a link that is lost in any call leaves nothing that the next apply does not end, and nothing is done twice', async () => {
  const declared = await declareAll();
  const whole = await run(await aSimulatedNode(join(folder, 'whole')), declared);
  expect(whole.outcome).toMatchObject({ failed: 0, skipped: 0 });
  expect(new Set(whole.changing)).toEqual(
    new Set([
      ...['Install-ServerFeature', 'Set-File', 'Restart-Node', 'Remove-Path', 'Add-Certificate'],
      ...['Set-CertificateReader', 'Set-Directory', 'Set-DirectoryAccess', 'New-Share'],
      ...['Grant-AccountRight', 'Set-DailyTask'],
    ]),
  );
  const faults = [...Array(whole.calls).keys()].flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );
  await Promise.all(faults.map((fault) => faultOnce(declared, fault)));
});
