import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { examineNode } from '../../src/doctor/examine-node.ts';
import { memoryVerdict } from '../../src/doctor/judge/memory.ts';
import type { FaultName } from '../../src/sandbox/node/faults.ts';
import { type CertificatePair, makeCertificate } from '../../src/sandbox/winrm/certificates.ts';
import { namedFaults } from '../../src/sandbox/winrm/named-faults.ts';
import type { Finding } from '../../src/session/examine/finding.ts';
import { winrmLoginVerdict } from '../../src/session/winrm/examine/login-verdict.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startWinrm, type WinrmOptions, winrmSettings } from '../session/winrm/served.ts';
import { type WinrmSetup, winrmSetups } from './setups/winrm.ts';

const { folder, remove } = await temporaryFolder();
const on = new Set<FaultName>();
const node = { ...(await aSimulatedNode(folder)), faults: { isOn: (name: FaultName) => on.has(name) } };
afterAll(remove);

const past = { from: new Date('2020-01-01'), to: new Date('2021-01-01') };
const issuer = makeCertificate({ name: 'an authority' });
const own = { name: '127.0.0.1', use: 'server', issuer } as const;
/** As node-winrm.ts of the sandbox makes them. */
const certificates: Readonly<Partial<Record<FaultName, CertificatePair>>> = {
  'certificate-expired': makeCertificate({ ...own, valid: past }),
  'certificate-wrong-name': makeCertificate({ ...own, name: 'another.example.org' }),
  'certificate-unknown-issuer': makeCertificate({
    ...own,
    issuer: makeCertificate({ name: 'somebody else' }),
  }),
};

describe('the doctor names the right cause over WinRM of', () => {
  it.each(winrmSetups)('$name', async ({ layer, message, cause, remedy, ...setup }) => {
    const found = await examined(setup);
    expect(found.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([
      expect.objectContaining({
        layer,
        verdict: 'fail',
        message: expect.stringMatching(message),
        cause: expect.stringMatching(cause),
        remedy: expect.stringMatching(remedy),
      }),
    ]);
  });

  it.each(['http', 'https'] as const)('nothing where all is well over %s', async (scheme) => {
    const found = await examined({ settings: { scheme } });
    expect(found.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(found.map(({ layer }) => layer)).toContain('tls');
  });
});

describe('a login that fails', () => {
  const login = { message: 'no', authentication: 'negotiate', https: true, offered: ['negotiate'] };

  it.each([
    ['a clock that is ahead', { skew: 601 }, /601 s ahead of ours.*password may be right/, /time server/],
    ['a clock that Kerberos refuses', { problem: 'clock' }, /differ too much for Kerberos/, /time server/],
    ['a wrong SPN', { problem: 'service-name' }, /no service of that name/, /`spn`/],
    [
      'a ticket that has expired',
      { problem: 'ticket', remedy: 'kinit' },
      /no Kerberos ticket.*or it has expired/,
      /kinit/,
    ],
    ['channel binding', { problem: 'channel-binding', remedy: 'x' }, /strict about channel binding/, /x/],
  ] as const)('for %s is told so', (_, own, cause, remedy) => {
    const verdict = winrmLoginVerdict({ ...login, ...own });
    expect([verdict.verdict, verdict.cause, verdict.remedy]).toEqual([
      'fail',
      expect.stringMatching(cause),
      expect.stringMatching(remedy),
    ]);
  });
});

describe('situation 11: the memory of a shell', () => {
  const quota = (Value: string) => [{ Value }];
  const judged = (powershell: string, shell: string, plugin: string) =>
    memoryVerdict({ powershell, quotas: { shell: quota(shell), plugin: quota(plugin) } });

  it('is worth a warning on WMF 3.0 whatever it says, and where a quota is low', () => {
    for (const [powershell, shell, plugin] of [
      ['3.0', '2048', '2048'],
      ['5.1', '150', '1024'],
      ['5.1', '2147483647', '512'],
    ] as const)
      expect(judged(powershell, shell, plugin)).toMatchObject({
        verdict: 'warn',
        remedy: expect.stringMatching(/both quotas.*WMF 5\.1, or KB2842230.*Plugin/),
        command: expect.stringContaining('Restart-Service WinRM'),
      });
  });

  it('is enough else, and none of SSH', () => {
    expect(judged('5.1', '1024', '2147483647')).toMatchObject({
      verdict: 'pass',
      message: 'a shell may have 1024 MB, one of the plug-in all memory',
    });
    expect(memoryVerdict({ powershell: '3.0' }).verdict).toBe('pass');
  });

  it('is seen on a node', async () => {
    const found = await examined({ fault: 'small-memory-quota' });
    expect(found.filter(({ verdict }) => verdict === 'warn')).toEqual([
      expect.objectContaining({ layer: 'memory', message: expect.stringContaining('150 MB') }),
    ]);
  });
});

async function examined(setup: Partial<WinrmSetup>): Promise<readonly Finding[]> {
  const { fault, config, settings = {}, port, greeting } = setup;
  if (fault) on.add(fault);
  const shown = fault && certificates[fault];
  const options: WinrmOptions = {
    faults: () => namedFaults(node.faults),
    ...(config && { config }),
    ...(shown && { tls: { certificate: () => shown } }),
  };
  const server = await startWinrm(node, options);
  try {
    const listener = server.ports[port === 'http' ? 'http' : (settings.scheme ?? 'http')];
    const known = await winrmSettings(folder, listener, settings);
    if (shown) await writeFile(known.ca ?? '', issuer.certificate);
    if (port === 'closed') await server.close();
    return (await examineNode(known, greeting === undefined ? {} : { limits: { greeting } })).findings;
  } finally {
    on.clear();
    if (port !== 'closed') await server.close();
  }
}
