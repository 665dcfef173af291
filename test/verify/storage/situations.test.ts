import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readImage } from '../../../src/components/glance/checks/read.ts';
import { dataFile } from '../../../src/data-files.ts';
import { findErrors } from '../../../src/diagnosis/find-errors.ts';
import { hintFor } from '../../../src/diagnosis/hint.ts';
import { knownErrors } from '../../../src/diagnosis/known-errors.ts';
import type { Activity } from '../../../src/events/activity.ts';
import type { ImagesClient } from '../../../src/openstack/images.ts';
import { drain, startNode, stopNode, work } from '../../../src/sandbox/cluster/change/actions.ts';
import { wholeCluster } from '../../../src/sandbox/cluster/healthy/cluster.ts';
import type { CheckOutcome } from '../../../src/verify/check.ts';
import { bothListsAllow } from '../../../src/verify/checks/storage/probe/denied.ts';
import { outcomeOf as probed } from '../../../src/verify/checks/storage/probe/probe.ts';
import type { ProbeReport } from '../../../src/verify/checks/storage/probe/task.ts';
import { contains, maskOf, modify } from '../../../src/verify/checks/storage/shares/rights.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { type AnswerTable, deploymentOf, outcomeOf, refused, sessionOf, uses } from './harness.ts';
import { tables } from './tables/index.ts';

// Situations that others met on SMB and Storage Spaces Direct, in which a simple check passes or alarms wrongly. The tables of the
// checks have more cases of each number.
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const hasPython = spawnSync('python3', ['-c', '']).status === 0;

function tableOf(check: string) {
  const table = tables.find((each) => each.check === check);
  if (!table) throw new Error(`no table of ${check}`);
  return table;
}

/** What a check says where all is well but for these answers. */
async function said(check: string, answers: AnswerTable = {}): Promise<CheckOutcome> {
  const table = tableOf(check);
  return outcomeOf(table, { ...table.healthy, ...answers }, table.share);
}

/** What STO-27 says of a probe that ended so. */
function probe(report: Partial<ProbeReport>): CheckOutcome {
  const whole = { state: 'holding', steps: [], bytes: 5, sha256: 'a', rate: 1, leftovers: [] } as const;
  return probed({ ...whole, ...report }, 'GLANCE-1', 'LocalSystem');
}
const failed = (step: string, code: number, message = `[WinError ${code}]`): Partial<ProbeReport> => ({
  state: 'failed',
  error: { step, message, code },
});
const activity: Activity = { progress() {}, transferred() {}, current: () => '', end() {} };
const ended = (stdout: string) => ({ exitCode: 0, stdout, stderr: '', timedOut: false });
const causesOf = (code: string) => findErrors(knownErrors, code).flatMap(({ causes }) => causes);

describe('1: the mapping says OK', () => {
  it.each([5, 1326])(
    'a row is no proof: the write that answers %i fails, and names the credentials',
    (code) => {
      expect(probe(failed('write', code))).toMatchObject({
        verdict: 'fail',
        remedy: expect.stringMatching(/remove the mapping .*restart the service/),
      });
    },
  );

  it('an error of the question is a negative answer', async () => {
    const found = await said('STO-28', { 'Get-SmbConnection': refused('Access is denied') });
    expect(found).toMatchObject({ verdict: 'fail', message: expect.stringContaining('Access is denied') });
  });
});

describe('2: the sixteenth minute', () => {
  it('a probe of seconds says what it does not prove', () => {
    expect(probe({}).message).toMatch(/15 minutes without access .* not proven/);
  });

  it.each(['5', '87'])(
    'of error %s after idleness the lost session is a cause, with an account as remedy',
    (code) => {
      const idle = causesOf(code).find(({ when = '' }) => when.includes('a second try succeeds'));
      expect(idle?.remedy).toMatch(/computer account or a gMSA/);
    },
  );
});

describe('3: Everyone has other names', () => {
  it.each(['WD', 'AN', 'AU', 'BG'])('the SID %s is too wide whatever its row is called', async (sid) => {
    const [row] = tableOf('STO-25').healthy['Get-SmbShare'] as readonly object[];
    const shares = [{ ...row, SecurityDescriptor: `O:BAG:DUD:(A;;FA;;;${sid})` }];
    expect((await said('STO-25', { 'Get-SmbShare': shares })).message).toMatch(
      /\(S-1-\S+\) may open the share/,
    );
  });

  it('1332 is explained by the language of Windows', () => {
    expect(
      causesOf('1332')
        .map(({ cause }) => cause)
        .join(),
    ).toContain('another language');
  });
});

describe('4: rights as numbers and in pieces', () => {
  it.each([
    ['268435456', true],
    ['-536805376', true],
    ['Modify', true],
    ['Modify, Synchronize', true],
    ['FullControl', true],
    ['ReadAndExecute, Synchronize', false],
    ['AppendData', false],
    ['1180063', false],
  ])('%s contains Modify: %s', (rights, expected) => {
    expect(contains(maskOf(rights), modify)).toBe(expected);
  });

  it('the rows of an account are united, and what is inherited is named', async () => {
    const entry = (rights: string) => ({ account: 'EXAMPLE\\GLANCE-1$', rights, inherited: true });
    const other = { account: 'EXAMPLE\\GLANCE-2$', rights: 'Modify', inherited: false };
    const list = (...rights: readonly string[]) => ({
      'Get-DirectoryState': { exists: true, accounts: [...rights.map(entry), other] },
    });
    const pieces = ['ReadAndExecute, Synchronize', 'AppendData', 'CreateFiles'];
    const most = 'Delete, WriteAttributes, WriteExtendedAttributes';
    expect((await said('STO-26', list(...pieces, most))).verdict).toBe('pass');
    const lacking = await said('STO-26', list(...pieces));
    expect(lacking).toMatchObject({ verdict: 'fail', message: expect.stringContaining('inherited') });
  });
});

describe('5: access denied that is no access list', () => {
  it('error 5 has branches, and each says how to tell it from the others', () => {
    const causes = causesOf('WinError 5');
    expect(causes.find(({ when = '' }) => when.includes('every share'))?.checks).toEqual([
      'STO-09',
      'STO-24',
    ]);
    expect(causes.find(({ when = '' }) => when.includes('one share'))?.checks).toContain('STO-26');
    for (const { when } of causes) expect(when).toMatch(/\w/);
  });

  it.each([
    ['both lists let the account in', {}, true],
    ['a list lacks it', { 'Get-DirectoryState': { exists: true, accounts: [] } }, false],
    ['a list is not told', { 'Get-ShareState': refused('no') }, false],
  ])('%s', async (_, answers, expected) => {
    const { healthy: lists } = tableOf('STO-26');
    const { healthy: shares } = tableOf('STO-25');
    const { nodes, shares: own, limits } = deploymentOf();
    const [node] = nodes;
    const { images } = own;
    if (!node || !images) throw new Error('no node');
    const session = (name: string) => sessionOf(name, { ...lists, ...shares, ...answers });
    const signal = new AbortController().signal;
    const context = { session, evidence: () => ({}), activity, signal };
    const subject = { node, share: images, uses, scopes: ['sofs1'], nodes, limits };
    expect(await bothListsAllow(subject, context)).toBe(expected);
  });
});

describe('6: local or remote', () => {
  it.each([
    ['its own address', { 'Get-NetIPAddress': [{ IPAddress: '10.20.0.12' }] }, 'fail'],
    ['loopback', { 'Resolve-DnsName': [{ Type: 'AAAA', IPAddress: '::1' }] }, 'fail'],
    ['a name that nobody knows', { 'Resolve-DnsName': refused('DNS name does not exist') }, 'skip'],
  ])('%s: %s', async (_, answers, verdict) => {
    const found = await said('STO-04', answers);
    expect(found.verdict).toBe(verdict);
    if (verdict === 'fail') expect(found.remedy).toContain('C:\\ClusterStorage\\Volume1\\images');
    else expect(found.message).toContain('STO-05');
  });

  it('a name that does not resolve is the failure of STO-05', async () => {
    const gone = refused('DNS name does not exist');
    expect((await said('STO-05', { 'Resolve-DnsName': gone })).verdict).toBe('fail');
  });
});

describe.skipIf(!hasPython)('7: Python says yes without asking', () => {
  const script = dataFile('msi', 'launcher', 'oriel_probe.py');
  /** What the probe says of a folder. */
  function probeOf(place: string): ProbeReport {
    const result = join(folder, `${place.replaceAll('/', '_')}.json`);
    spawnSync('python3', ['-B', script, place, result, '--node', 'n', '--size', '1000']);
    return JSON.parse(readFileSync(result, 'utf8')) as ProbeReport;
  }

  it('ismount and access are no verdict: the probe asks neither of them', () => {
    const code =
      'import ntpath, os; print(ntpath.ismount(r"\\\\203.0.113.999\\x"), os.access("/proc", os.F_OK))';
    expect(spawnSync('python3', ['-c', code], { encoding: 'utf8' }).stdout.trim()).toBe('True True');
    expect(readFileSync(script, 'utf8')).not.toMatch(/ismount|os\.access|isdir|isfile/);
    expect(probeOf('/proc')).toMatchObject({ state: 'failed', error: { step: 'write' } });
  });

  it('what does not exist is 2 alone: another error is told as itself', () => {
    const [loop, file] = [join(folder, 'loop'), join(folder, 'file')];
    symlinkSync(loop, loop);
    writeFileSync(file, '');
    expect(probeOf(join(folder, 'away')).error?.code).toBe(2);
    expect(probeOf(loop).error?.code).toBe(40);
    expect(probeOf(file).error?.code).toBe(20);
  });
});

describe('8: twelve hours off, offset 0', () => {
  const chart = (...samples: readonly string[]) => ({
    'w32tm.exe': ended(samples.map((one) => `06:39:15, ${one}`).join('\r\n')),
  });
  it.each([
    ['behind', ['-43149.73s', '-43149.75s', '-43149.70s'], /43149\.730 s off/],
    ['with a comma', ['-43149,73s', '-43149,75s', '-43149,70s'], /43149\.730 s off/],
    ['an error is no zero', ['+00.001s', 'error: 0x800705B4', '+00.001s'], /2 good samples/],
  ])('%s', async (_, samples, message) => {
    const found = await said('STO-07', chart(...samples));
    expect(found).toMatchObject({ verdict: 'fail', message: expect.stringMatching(message) });
  });
});

describe('9: someone holds the file a moment longer', () => {
  const slow = (seconds: number) => ({ steps: [{ name: 'rename', seconds, tries: 4 }] });
  it('within the moment it passes with the delay as evidence, beyond it warns and names who may hold it', () => {
    expect(probe(slow(1.5))).toMatchObject({
      verdict: 'pass',
      evidence: { steps: ['rename 1.5 s (4 tries)'] },
    });
    expect(probe(slow(4))).toMatchObject({
      verdict: 'warn',
      remedy: expect.stringMatching(/STO-34.*Get-SmbOpenFile/),
    });
    expect(probe({ ...slow(10), ...failed('rename', 32) }).verdict).toBe('fail');
  });
});

it('10: close said success: the other side tells what is there', async () => {
  const whole = tableOf('STO-36').healthy['Get-FileState'] as (call: object) => object;
  expect((await said('STO-36')).verdict).toBe('pass');
  const cut = (call: object) => ({ ...whole(call), length: 4000, sha256: 'c'.repeat(64) });
  expect(await said('STO-36', { 'Get-FileState': cut })).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('other data'),
  });
});

it('11: short image, status active', async () => {
  const sent = { image: 'i', bytes: 1000, md5: 'm', sha512: 's', from: 'glance-1' };
  const shown = {
    id: 'i',
    status: 'active',
    size: 600,
    checksum: 'n',
    os_hash_algo: 'sha512',
    os_hash_value: 't',
  };
  const client = {
    show: async () => shown,
    download: async () => ({ bytes: 600, hashes: { md5: 'n', sha512: 't' } }),
  } as unknown as ImagesClient;
  const found = await readImage(client, { service: 'glance-2', url: 'http://a' }, sent, activity);
  expect(found).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('size said is 600, sent was 1000'),
  });
});

describe('12: the last error hides the first', () => {
  it('the cause is the first, and both are shown', () => {
    const found = probe({ ...failed('write', 112), cleanup: { message: '[WinError 32] busy' } });
    expect(found.message).toMatch(/WinError 112.*then the file could not be removed.*WinError 32/);
    expect(found.remedy).toMatch(/^STO-20/);
    expect(hintFor(knownErrors, found.message)?.error).toBe('disk-full');
  });

  it('of a general error alone the space is measured first', () => {
    for (const code of ['EIO', 'EBUSY', '1359']) expect(causesOf(code)[0]?.checks).toEqual(['STO-20']);
  });
});

it('13: 8.3 names are those of the volume', async () => {
  const fsutil = (stdout: string) => ({ 'fsutil.exe': ended(stdout) });
  const german = 'Der Volumestatus lautet: 1 (x).\r\nDer Registrierungsstatus lautet: 2 (x).\r\n';
  expect((await said('STO-33', fsutil(german))).verdict).toBe('pass');
  expect((await said('STO-33', fsutil('The registry state is: 2 (Per volume).\r\n'))).verdict).toBe('skip');
  expect((await said('STO-33', fsutil(german.replace('lautet: 1', 'lautet: 0')))).verdict).toBe('warn');
});

describe('14: detached, all disks healthy, no job', () => {
  const lost = { FriendlyName: 'V', HealthStatus: 'Unknown', OperationalStatus: ['Detached'] };
  const disk = { ...lost, DetachedReason: 'Incomplete', ResiliencySettingName: 'Mirror' };

  it('with event 311 the remedy is the scan', async () => {
    const found = await said('STO-16', { 'Get-VirtualDisk': [disk], 'Get-WinEvent': [{ Id: 311 }] });
    expect(found).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringContaining('not Connect-VirtualDisk'),
    });
  });

  it('the scan counts as a repair, and what it needs is no leftover while it runs', async () => {
    const scan = [{ TaskName: 'Data Integrity Scan for Crash Recovery', State: 'Running' }];
    const left = [{ Name: 'V', 'PrivateProperties.DiskRecoveryAction': 1 }];
    const running = await said('STO-18', { 'Get-ScheduledTask': scan, 'Get-CimInstance': left });
    expect(running.message).not.toContain('DiskRecoveryAction');
    expect(running.remedy).toContain('do not restart nodes');
    const ended = await said('STO-18', { 'Get-CimInstance': left });
    expect(ended).toMatchObject({ verdict: 'warn', message: 'V still has DiskRecoveryAction 1' });
  });
});

describe('15: the healthy disk that stops the repair', () => {
  it.each([[['OK', 'Abnormal Latency']], ['{OK, Abnormal Latency}'], [[2, 0xd00d]]])('%j', async (status) => {
    const disk = { FriendlyName: 'NVMe', SerialNumber: 'S1', HealthStatus: 'Healthy', Usage: 'Auto-Select' };
    const found = await said('STO-17', { 'Get-PhysicalDisk': [{ ...disk, OperationalStatus: status }] });
    expect(['warn', 'fail']).toContain(found.verdict);
  });

  it('a repair that falls back does not advance, and more capacity does not help', async () => {
    let looks = 0;
    const job = { Name: 'Repair', JobState: 'Running', BytesTotal: 100 };
    const jobs = () => [{ ...job, BytesProcessed: looks++ === 0 ? 12 : 3 }];
    const found = await said('STO-18', { 'Get-StorageJob': jobs });
    expect(found).toMatchObject({
      verdict: 'fail',
      remedy: expect.stringMatching(/STO-17.*capacity does not help/),
    });
  });
});

it('16: pool over 70 %, volume empty', async () => {
  const TiB = 2 ** 40;
  const pools = (allocated: number) => ({
    'Get-StoragePool': [
      { FriendlyName: 'S2D', IsPrimordial: false, Size: 16 * TiB, AllocatedSize: allocated * TiB },
    ],
  });
  expect((await said('STO-20', pools(11.9))).verdict).toBe('pass');
  expect(await said('STO-20', pools(12.5))).toMatchObject({
    verdict: 'warn',
    message: expect.stringContaining('a repair needs'),
  });
});

it('17: CA is on, the witness is deaf', async () => {
  const names = [{ Name: 'NetName1', ResourceType: 'Distributed Network Name', OwnerGroup: 'SOFS1' }];
  const deaf = { 'Get-SmbWitnessClient': [], 'Get-ClusterResource': names };
  expect((await said('STO-22')).verdict).toBe('pass');
  expect(await said('STO-30', deaf)).toMatchObject({
    verdict: 'warn',
    message: expect.stringMatching(/NetName1.*event 8/),
    remedy: expect.stringContaining(".Name = 'sofs1'"),
  });
});

describe('18: paused is not maintenance, incomplete is not broken', () => {
  const name = wholeCluster.nodes.at(-1)?.Name ?? '';
  const [paused, gone, back] = [drain(name, 'Completed'), stopNode(name), startNode(name)];
  const phases = {
    drained: paused(wholeCluster),
    down: gone(paused(wholeCluster)),
    back: back(gone(wholeCluster)),
    repaired: work(2)(back(gone(wholeCluster))),
  };
  it.each([
    ['drained', 'pass'],
    ['down', 'warn'],
    ['back', 'warn'],
    ['repaired', 'pass'],
  ] as const)('%s: the virtual disks give %s', async (phase, verdict) => {
    const { volumes } = phases[phase];
    const rows = volumes.map(({ disk }) => ({ ...disk }));
    expect((await said('STO-16', { 'Get-VirtualDisk': rows })).verdict).toBe(verdict);
  });

  it.each([
    ['Unhealthy', ['No Redundancy']],
    ['Unknown', ['Detached']],
    ['Unhealthy', ['InService']],
  ])('%s, %j ends a drain', async (HealthStatus, OperationalStatus) => {
    const disk = { FriendlyName: 'V', DetachedReason: 'None', ResiliencySettingName: 'Mirror' };
    const answers = { 'Get-VirtualDisk': [{ ...disk, HealthStatus, OperationalStatus }], 'Get-WinEvent': [] };
    expect((await said('STO-16', answers)).verdict).toBe('fail');
  });

  it('a job that goes on is a warning not to go on', async () => {
    const jobs = back(gone(wholeCluster)).jobs.map((job) => ({ ...job }));
    expect(await said('STO-18', { 'Get-StorageJob': jobs })).toMatchObject({
      verdict: 'warn',
      remedy: expect.stringContaining('start no drill before'),
    });
  });
});
