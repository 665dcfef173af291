import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { bothListsAllow } from '../../../src/verify/checks/storage/probe/denied.ts';
import type { ProbeReport } from '../../../src/verify/checks/storage/probe/task.ts';
import { contains, maskOf, modify } from '../../../src/verify/checks/storage/shares/rights.ts';
import { askOnce } from '../../../src/verify/questions.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { deploymentOf, refused, sessionOf, uses } from './harness.ts';
import { activity, causesOf, ended, failed, hasPython, probe, said, tableOf } from './situation.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

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
    const context = { session, evidence: () => ({}), ask: askOnce([]), activity, signal };
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
