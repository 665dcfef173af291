import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { findErrors } from '../../../src/diagnosis/find-errors.ts';
import { knownErrors } from '../../../src/diagnosis/known-errors.ts';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { judgesPython } from '../../judges/judges.ts';
import { aProbeNode, probed, script } from '../../verify/storage/probe-node.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';
import { noSamba, type Samba, startSamba } from './samba.ts';

const judges = noSamba ? { missing: noSamba } : judgesPython();
const why = 'missing' in judges ? judges.missing : '';
const { folder, remove } = await temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const full = at('full');
/** A file system of 2 MiB; undefined where this user may not mount one. */
const small = why === '' && mounted();
const driver = join(import.meta.dirname, '..', '..', 'judges', 'probe_over_smb.py');

function mounted(): boolean {
  spawnSync('mkdir', ['-p', full]);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=777', 'tmpfs', full]).status === 0;
}

const shared = (path: string, ...lines: readonly string[]) => [`path = ${path}`, 'read only = no', ...lines];

/** The probe of the package on a share of this server, through another client than that of Windows. */
function nodeOf(samba: Samba, share: string, options: readonly string[] = []) {
  const here = (path: string): string => {
    if (path === script) return dataFile('msi', 'launcher', 'oriel_probe.py');
    return path.replace('C:\\logs', at('logs')).replaceAll('\\', '/');
  };
  return aProbeNode({
    here,
    start(words): ChildProcess {
      const own = words.slice(2).map((word) => (word.startsWith('C:\\') ? here(word) : word));
      const args = [driver, ...options, String(samba.port), share, ...own];
      const python = 'python' in judges ? judges.python : '';
      const child = spawn(python, args, { stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin?.end(`${samba.login}\n`);
      return child;
    },
  });
}

describe.skipIf(why)(`the probe on a share of a real Samba${why && ` (left out: ${why})`}`, () => {
  let open: Samba;
  let signing: Samba;
  let old: Samba;

  beforeAll(async () => {
    for (const name of ['share', 'locked', 'logs', 'open', 'signing', 'old', 'model']) await mkdir(at(name));
    // Those who may enter it are not those who connect.
    await chmod(at('locked'), 0o700);
    await chmod(folder, 0o755);
    const images = shared(at('share'));
    open = await startSamba(at('open'), {
      shares: {
        images,
        'read-only': [`path = ${at('share')}`, 'read only = yes'],
        locked: shared(at('locked'), 'force user = nobody'),
        full: shared(full),
      },
    });
    signing = await startSamba(at('signing'), { shares: { images }, global: ['server signing = mandatory'] });
    const onlyOld = ['server min protocol = NT1', 'server max protocol = NT1'];
    old = await startSamba(at('old'), { shares: { images }, global: onlyOld });
  });
  afterAll(async () => {
    for (const samba of [open, signing, old]) await samba?.close();
    if (small) spawnSync('umount', [full]);
    await remove();
  });

  it('passes, and leaves nothing, where all is well', async () => {
    const node = nodeOf(open, 'images');
    const results = await probed(node);
    expect(results.map(({ verdict, message }) => `${verdict} ${message}`)).toEqual([
      expect.stringMatching(/^pass 3000000 bytes written, flushed, read, renamed and deleted/),
      expect.stringMatching(/^pass [\d.]+ MiB\/s$/),
      'pass the probe has ended, and its files are gone',
    ]);
    expect(await readdir(at('share'))).toEqual([]);
  });

  const denied = /Access is denied.*missing in the access list of the share or of the folder/;
  it.each([
    ['a share that is read-only', 'read-only', 'write failed: [WinError 5]', denied, /STO-25 and STO-26/],
    [
      'a folder whose list lets nobody in',
      'locked',
      'leftovers failed: [WinError 5]',
      denied,
      /STO-25 and STO-26/,
    ],
    ['no such share', 'nothing', 'leftovers failed: [WinError 67]', /no share of this name/, /STO-21/],
  ])('names %s', async (_, share, message, cause, remedy) => {
    const [result] = await probed(nodeOf(open, share));
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(message),
      cause: expect.stringMatching(cause),
      remedy: expect.stringMatching(remedy),
    });
    expect(result?.message).not.toContain('could not be removed');
    expect(await readdir(at('share'))).toEqual([]);
  });

  it.skipIf(!small)('names a file system that is full, and leaves nothing in it', async () => {
    const [result] = await probed(nodeOf(open, 'full'));
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('write failed: [WinError 112]'),
      cause: expect.stringContaining('There is not enough space on the disk'),
      remedy: expect.stringContaining('STO-20'),
    });
    expect(await readdir(full)).toEqual([]);
  });

  it('tells a client that does not sign from an access list, where both lists let the account in', async () => {
    const storage = standInSession(await aSimulatedNode(at('model')));
    const path = 'C:\\ClusterStorage\\Volume1\\images';
    const access = ['EXAMPLE\\glance$', 'EXAMPLE\\Storage Admins'];
    const entries = access.map((account) => ({ account, rights: 'FullControl' }));
    await storage.call({ call: 'Set-Directory', path });
    await storage.call({ call: 'Set-DirectoryAccess', path, access: entries });
    const node = nodeOf(signing, 'images', ['--unsigned']);
    const [result] = await probed(node, {}, { access, scope: 'SOFS1' }, [['sofs1-1', storage]]);
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('[WinError 5]'),
      cause: expect.stringContaining('do not agree on signing or encryption'),
      remedy: expect.stringContaining('STO-09 and STO-24'),
    });
  });

  it('names a connection that is lost in the middle of the write', async () => {
    const pause = at('written');
    const running = probed(nodeOf(open, 'images', ['--pause', pause]));
    await expect.poll(() => existsSync(pause)).toBe(true);
    open.cutOff();
    await rm(pause);
    const [result] = await running;
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^write failed: \[WinError 64\]/),
      cause: expect.stringContaining('the connection was lost and the handle with it'),
      remedy: expect.stringContaining('STO-22'),
    });
    // Its client connects once more to clean up.
    expect(await readdir(at('share'))).toEqual([]);
  });

  it('removes what a probe has left that could not', async () => {
    const left = '.oriel-probe-glance-1-0123456789abcdef';
    await writeFile(at('share', left), 'of a run that died');
    const [result] = await probed(nodeOf(open, 'images'));
    expect(result).toMatchObject({ verdict: 'pass', evidence: { leftovers: [left] } });
    expect(await readdir(at('share'))).toEqual([]);
  });

  it.each([
    ['a server with SMB 1 alone', () => old.ask('ls'), 'smb1-only'],
    ['a wrong password', () => open.ask('ls', { words: ['-U', 'root%wrong'] }), 'logon-failure'],
    ['a share that is not there', () => open.ask('ls', { share: 'nothing' }), 'network-name'],
    ['a share that is read-only', () => open.ask('mkdir x', { share: 'read-only' }), 'access-denied'],
  ])('what smbclient says of %s has the right cause', (_, ask, cause) => {
    const said = ask();
    expect(findErrors(knownErrors, said).map(({ id }) => id)[0], said).toBe(cause);
  });
});
