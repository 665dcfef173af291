import { describe, expect, it } from 'vitest';
import { readImage } from '../../../src/components/glance/checks/read.ts';
import { hintFor } from '../../../src/diagnosis/hint.ts';
import { knownErrors } from '../../../src/diagnosis/known-errors.ts';
import type { ImagesClient } from '../../../src/openstack/images.ts';
import { drain, startNode, stopNode, work } from '../../../src/sandbox/cluster/change/actions.ts';
import { wholeCluster } from '../../../src/sandbox/cluster/healthy/cluster.ts';
import { activity, causesOf, ended, failed, probe, said, tableOf } from './situation.ts';

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
  const sent = { image: 'i', bytes: 1000, format: 'raw', md5: 'm', sha512: 's', from: 'glance-1' };
  const shown = {
    id: 'i',
    status: 'active',
    size: 600,
    disk_format: 'raw',
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
