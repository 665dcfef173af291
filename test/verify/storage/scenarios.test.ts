import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type StorageFaultName, storageFaults } from '../../../src/sandbox/cluster/faults/index.ts';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { CheckResult } from '../../../src/verify/check.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import { storageCheckList } from '../../../src/verify/checks/storage/list.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { expectGolden } from '../../render/golden.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { deploymentOf, uses } from './harness.ts';
import { standInSession } from './stand-in-session.ts';

// The checks against the model of a cluster: what each fault of it has to show, and nothing else.
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const unc = '\\\\SOFS1.example.org\\images';
let count = 0;

async function aNode(name: string, fault: StorageFaultName | undefined, path: string): Promise<StandIn> {
  const place = join(folder, String(++count));
  await mkdir(place);
  const node = { ...(await aSimulatedNode(place)), name, computer: name.toUpperCase() };
  const conf = node.backing.hostPath('C:\\ProgramData\\oriel\\glance\\etc\\glance-api.conf');
  await mkdir(dirname(conf), { recursive: true });
  await writeFile(conf, `[images]\nfilesystem_store_datadir = ${path}\n`);
  const session = standInSession(node);
  const rights = 'FullControl';
  const access = ['EXAMPLE\\glance$', 'EXAMPLE\\Storage Admins'].map((account) => ({ account, rights }));
  for (const path of ['C:\\ClusterStorage\\Volume1\\images', 'C:\\Shares\\images']) {
    await session.call({ call: 'Set-Directory', path });
    await session.call({ call: 'Set-DirectoryAccess', path, access });
  }
  return { ...node, faults: { isOn: (each) => each === fault } };
}

/** What the checks say of a storage with a fault, that are no pass and no skip: the number and the worst verdict. */
async function complaints(fault: StorageFaultName | undefined) {
  const { paths = [] } = fault === undefined ? {} : (storageFaults[fault] as { paths?: readonly string[] });
  const [path = unc] = paths;
  const csv = path.startsWith('C:');
  const kind = csv ? ({ kind: 'csv', path } as const) : ({ kind: 'sofs', path, scope: 'SOFS1' } as const);
  const deployment = deploymentOf({ ...kind, access: ['EXAMPLE\\glance$'] });
  const at = (index: number): string => paths[index] ?? path;
  const nodes = await Promise.all(deployment.nodes.map(({ name }, index) => aNode(name, fault, at(index))));
  const connections = new Map(nodes.map((node) => [node.name, standInSession(node)]));
  const signal = new AbortController().signal;
  const checks = storageChecks(deployment, uses);
  const results = await runChecks(checks, { connections, emit: () => {}, signal });
  return results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
}

function worst(results: readonly CheckResult[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { check, verdict } of results) {
    const [, id = ''] = check.split('/');
    if (found[id] !== 'fail') found[id] = verdict;
  }
  return found;
}

/** What each check that complains says and tells to do, once for all nodes. */
function remediesOf(results: readonly CheckResult[]): string {
  const lines = results.map(
    ({ check, verdict, message, remedy }) => `${verdict} ${check}: ${message}\n  ${remedy}\n`,
  );
  return [...new Set(lines)].sort().join('');
}

const said = new Map<string, string>();

it('nothing is said of a healthy storage', async () => {
  expect(await complaints(undefined)).toEqual([]);
});

it.each(Object.keys(storageFaults) as StorageFaultName[])('%s is found, and nothing else', async (fault) => {
  const results = await complaints(fault);
  const { verdicts } = storageFaults[fault];
  // No stand-in starts the probe that these look at.
  const known = storageCheckList.map(({ id }) => id).filter((id) => !/^STO-(27|28|29|30)$/.test(id));
  const worstOf = Object.entries(verdicts).filter(
    ([id, verdict]) => known.includes(id) && (verdict === 'fail' || verdict === 'warn'),
  );
  const found = worst(results);
  const expected = Object.fromEntries(worstOf);
  // A path that is wrong from the beginning leads every check astray that follows it.
  if ('paths' in storageFaults[fault]) expect(found).toMatchObject(expected);
  else expect(found, JSON.stringify(results, undefined, 1)).toEqual(expected);
  for (const { remedy } of results) expect(remedy).toMatch(/\w/);
  said.set(fault, remediesOf(results));
});

it('what is found has its own remedy', () => {
  expect([...said.keys()]).toEqual(Object.keys(storageFaults));
  const text = [...said].map(([fault, lines]) => `# ${fault}\n${lines}`).join('\n');
  expectGolden(text, 'storage', 'remedies.txt');
});
