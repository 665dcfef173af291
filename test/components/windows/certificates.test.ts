import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, describe, expect, test } from 'vitest';
import { readCertificate, readPfx } from '../../../src/certificate-file.ts';
import { declareCertificates, declareNoCertificates } from '../../../src/components/windows/certificates.ts';
import { InputError } from '../../../src/errors.ts';
import { applySteps, type Outcome } from '../../../src/plan/apply/apply.ts';
import { callsOf } from '../../../src/plan/observe/calls.ts';
import { makePlan } from '../../../src/plan/observe/make-plan.ts';
import { planPs1 } from '../../../src/report/plan-ps1.ts';
import type { Declaration } from '../../../src/resources/model/resource.ts';
import { Secret } from '../../../src/secret.ts';
import type { CertificateSettings, Deployment } from '../../../src/site/deployment.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/certificates', name);
const rsa = '80A0D19DF9344F1F9DD3BB9E0E9CC36F827D7859';
const ec = '914451E886F7D4F94575FDA201A02D6CEADEF531';
const password = new Secret('pfx_password', 'contract');
const tls: CertificateSettings = { name: 'tls', file: fixture('rsa.pfx'), password, store: 'My' };
const ca: CertificateSettings = { name: 'ca', file: fixture('rsa.pem'), store: 'Root' };

function site(...certificates: readonly CertificateSettings[]): Deployment {
  const service = { account: 'EXAMPLE\\glance$', groups: [], recovery: 'restart', drain: 60 } as const;
  return aDeployment().withNode('glance-1', { certificates }).withGlance({ service }).build();
}

describe('the certificate in a file', () => {
  test.each([
    ['rsa.pfx', rsa],
    ['rsa-aes.pfx', rsa],
    ['ec-with-chain.pfx', ec],
  ])('of %s is the one with the key', (name, thumbprint) => {
    const bytes = readFileSync(fixture(name));
    expect(readPfx(bytes, 'contract')).toMatchObject({ thumbprint, content: bytes.toString('base64') });
    expect(() => readPfx(bytes, 'other')).toThrow();
  });

  test('a PFX that would take hours to open is refused (attack low)', () => {
    const asn1 = forge.asn1.fromDer(readFileSync(fixture('rsa.pfx')).toString('binary'));
    const [, , macData] = asn1.value as forge.asn1.Asn1[];
    if (!macData) expect.fail('no MacData');
    const [, , rounds] = macData.value as forge.asn1.Asn1[];
    if (!rounds) expect.fail('no rounds');
    rounds.value = forge.asn1.integerToDer(2 ** 31 - 1).getBytes();
    const endless = Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
    expect(() => readPfx(endless, 'contract')).toThrow(/more than 10,000,000 rounds/);
  });

  test('alone is the same in PEM and DER', () => {
    const pem = readCertificate(readFileSync(fixture('rsa.pem')));
    expect(pem.thumbprint).toBe(rsa);
    expect(readCertificate(Buffer.from(pem.content, 'base64'))).toEqual(pem);
  });
});

/** Whom the services of a node run as. */
const accounts = (): readonly string[] => ['EXAMPLE\\glance$'];

describe('declareCertificates', () => {
  test('lets the account of the service read the key, unless the site says otherwise', async () => {
    const [one] = await declareCertificates(site(tls), accounts);
    expect(one?.spec).toMatchObject({
      thumbprint: rsa,
      label: 'oriel tls',
      key: { readers: ['EXAMPLE\\glance$'] },
    });
    const [other] = await declareCertificates(site({ ...tls, readers: [] }), accounts);
    expect(other?.spec).toMatchObject({ key: { readers: [] } });
  });

  test.each<[CertificateSettings, string]>([
    [{ ...tls, password: new Secret('pfx_password', 'other') }, 'no PFX that the secret pfx_password opens'],
    [{ ...tls, file: fixture('rsa.pem') }, 'no PFX'],
    [{ ...ca, file: fixture('rsa.pfx') }, 'no certificate in PEM or DER'],
  ])('refuses %j', async (certificate, words) => {
    const refused = await declareCertificates(site(certificate), accounts).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputError);
    expect(String(refused)).toContain(words);
    expect(String(refused)).not.toContain('other');
  });
});

test('certificates of a stand-in node are put there once, are renewed, and go', async () => {
  const session = standInSession(await aSimulatedNode(folder));
  const connections = new Map([['glance-1', session]]);
  const forever = new AbortController().signal;
  const run = (declared: readonly Declaration[]): Promise<Outcome> =>
    applySteps(declared, connections, { emit: () => {}, stop: forever, abort: forever });
  const first = await declareCertificates(site(tls, ca), accounts);
  const made = await makePlan({ name: 'images', release: '2024.2' }, first, connections);
  const shown = JSON.stringify(made) + planPs1(made, callsOf(first, made));
  expect(shown).toContain('[secret:pfx_password]');
  expect(shown).toContain('[secret:rsa.pfx]');
  expect(shown).not.toContain(readFileSync(fixture('rsa.pfx')).toString('base64').slice(0, 40));
  expect(await run(first)).toMatchObject({ changed: 2, failed: 0 });
  expect(await run(first)).toMatchObject({ changed: 0, unchanged: 2 });

  const renewed = await declareCertificates(
    site({ ...tls, file: fixture('ec-with-chain.pfx') }, ca),
    accounts,
  );
  expect(await run(renewed)).toMatchObject({ changed: 1, unchanged: 1 });
  const list = { call: 'Get-CertificateList', store: 'My', label: 'oriel tls' };
  expect(await session.call(list)).toMatchObject({ certificates: [{ thumbprint: ec }] });

  const gone = declareNoCertificates(site(tls, ca));
  expect(await run(gone)).toMatchObject({ changed: 2 });
  expect(await run(gone)).toMatchObject({ unchanged: 2 });
});
