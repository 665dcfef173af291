import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BuildError } from '../../src/errors.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import type { SigningIdentity } from '../../src/msi/sign/identity.ts';
import { signFile, signPrograms } from '../../src/msi/sign/sign.ts';
import { readSigner } from '../../src/msi/sign/signer.ts';
import { verifySignature } from '../../src/msi/sign/verify.ts';
import { Secret } from '../../src/secret.ts';
import { aModel } from './a-model.ts';
import { makeAuthority } from './identities.ts';
import { startStampServer } from './stamp-server.ts';

const has = (...tools: readonly string[]) => tools.every((tool) => spawnSync('which', [tool]).status === 0);
const wrapper = join(import.meta.dirname, '../../msi/service/oriel-service.exe');
const tokenModule = '/usr/lib/softhsm/libsofthsm2.so';
const path = process.env.PATH;

describe.skipIf(!has('osslsigncode', 'openssl'))(
  'signatures (skipped: needs osslsigncode and openssl)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'oriel-sign-test-'));
    const at = (name: string) => join(folder, name);
    let authority: ReturnType<typeof makeAuthority>;
    let own: SigningIdentity & { key: Secret };
    let plain: string;
    beforeAll(async () => {
      authority = makeAuthority(folder);
      own = authority.issue('own');
      plain = (await buildMsi(aModel(), at('plain.msi'))).path;
    });
    afterEach(() => {
      process.env.PATH = path;
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const sign = async (identity: SigningIdentity, out: string, file = plain) =>
      signFile(await readSigner(identity), file, at(out), 'Oriel Test');
    const trust = () => ({ files: [authority.root] });

    test('a package is signed, verified and still what it was; the same bytes every time', async () => {
      const signature = await sign(own, 'one.msi');
      expect(signature).toEqual({ subject: '/CN=own', issuer: '/CN=Test Root', timestamp: 'none' });
      // Another second, which a signature without a fixed time would hold.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await sign(own, 'two.msi');
      expect(readFileSync(at('two.msi')).equals(readFileSync(at('one.msi')))).toBe(true);
      expect(await verifySignature(at('one.msi'), trust())).toEqual(signature);
      const [before, after] = [readMsi(plain), readMsi(at('one.msi'))];
      expect(after.tables).toEqual(before.tables);
      expect(lintPackage(after)).toEqual([]);
      expect(extractPackage(after, at('one.msi'), at('extracted'))).toBe(4);
      before.close();
      after.close();
    });

    test('a changed file, an unsigned one, and one by a stranger are refused', async () => {
      await sign(own, 'changed.msi');
      const bytes = readFileSync(at('changed.msi'));
      const middle = bytes.indexOf('MSCF') + 100;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(at('changed.msi'), bytes);
      await expect(verifySignature(at('changed.msi'), trust())).rejects.toThrow(/changed afterwards/);
      await expect(verifySignature(plain, trust())).rejects.toThrow(/is not signed/);
      await expect(verifySignature(wrapper, trust())).rejects.toThrow(/is not signed/);
      await sign(own, 'foreign.msi');
      await expect(verifySignature(at('foreign.msi'), { files: [] })).rejects.toThrow(
        /no trusted certificate/,
      );
      const leaf = '0'.repeat(64);
      await expect(verifySignature(at('foreign.msi'), { ...trust(), leaf })).rejects.toThrow(BuildError);
    });

    test('programs of services are signed inside the package', async () => {
      const service = { name: 's', displayName: 'S', description: '', file: 'bin/s.exe', arguments: '' };
      const how = { start: 'auto', dependencies: [], startOnInstall: false } as const;
      const file = { source: wrapper, target: 'bin/s.exe' };
      const model = aModel({ files: [...aModel().files, file], services: [{ ...service, ...how }] });
      const signed = await signPrograms(await readSigner(own), model, folder);
      const { path: built } = await buildMsi(signed, at('service.msi'));
      const database = readMsi(built);
      expect(lintPackage(database)).toEqual([]);
      extractPackage(database, built, at('service'));
      database.close();
      const installed = join(at('service'), 'ProgramFiles64Folder/oriel/test/bin/s.exe');
      expect((await verifySignature(installed, trust())).subject).toBe('/CN=own');
      expect(readFileSync(wrapper).equals(readFileSync(installed))).toBe(false);
    });

    test('the key is on no command line, in no file in clear, and nothing of it stays', async () => {
      const real = execFileSync('which', ['osslsigncode'], { encoding: 'utf8' }).trim();
      mkdirSync(at('bin'), { recursive: true });
      const script = [
        '#!/bin/sh',
        `printf '%s\\n' "$@" >>'${at('seen')}'`,
        'previous=',
        `for word in "$@"; do [ "$previous" = -key ] && cp -p "$word" '${at('key-as-seen')}'; previous=$word; done`,
        `exec '${real}' "$@"`,
      ];
      writeFileSync(join(at('bin'), 'osslsigncode'), script.join('\n'), { mode: 0o755 });
      process.env.PATH = `${at('bin')}:${path}`;
      const before = readdirSync(tmpdir()).filter((name) => name.startsWith('oriel-sign-'));
      await sign(own, 'seen.msi');
      const words = readFileSync(at('seen'), 'utf8');
      const secretLines = own.key.reveal().split('\n').slice(1, -2);
      for (const line of secretLines) expect(words).not.toContain(line);
      expect(words).not.toMatch(/^-pass$/m);
      const written = readFileSync(at('key-as-seen'), 'utf8');
      expect(written).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
      expect(statSync(at('key-as-seen')).mode & 0o777).toBe(0o600);
      const keyFile = /-key\n(.*)/.exec(words)?.[1] ?? '';
      expect(existsSync(keyFile)).toBe(false);
      expect(readdirSync(tmpdir()).filter((name) => name.startsWith('oriel-sign-'))).toEqual(before);
    });

    test.skipIf(!has('softhsm2-util') || !existsSync(tokenModule))(
      'a token signs the same bytes as the key in it (skipped: needs softhsm2)',
      async () => {
        mkdirSync(at('tokens'));
        writeFileSync(
          at('softhsm2.conf'),
          `directories.tokendir = ${at('tokens')}\nobjectstore.backend = file\n`,
        );
        process.env.SOFTHSM2_CONF = at('softhsm2.conf');
        const token = ['--pin', '1234', '--so-pin', '5678'];
        execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'oriel', ...token]);
        execFileSync('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', at('own.key'), '-out', at('own.p8')]);
        const imported = ['--token', 'oriel', '--label', 'own', '--id', '01', '--pin', '1234'];
        execFileSync('softhsm2-util', ['--import', at('own.p8'), ...imported]);
        const inToken = (pin: string) => ({
          certificate: own.certificate,
          key: { module: tokenModule, uri: 'pkcs11:token=oriel;object=own', pin: new Secret('pin', pin) },
        });
        await sign(inToken('1234'), 'token.msi');
        await sign(own, 'file.msi');
        expect(readFileSync(at('token.msi')).equals(readFileSync(at('file.msi')))).toBe(true);
        const refused = sign(inToken('9999'), 'refused.msi');
        await expect(refused).rejects.toThrow(/could not be signed/);
        await expect(refused).rejects.not.toThrow(/9999/);
        expect(existsSync(at('refused.msi'))).toBe(false);
      },
    );

    test('a time stamp is asked for, and looked for', async () => {
      authority.issue('stamp', { use: 'stamp' });
      const server = await startStampServer(folder);
      try {
        const signature = await sign({ ...own, timestamp: server.url }, 'stamped.msi');
        expect(signature.timestamp).toBe('good');
        expect((await readSigner({ ...own, timestamp: server.url })).repeatable).toBe(false);
      } finally {
        server.close();
      }
      await expect(sign({ ...own, timestamp: server.url }, 'unstamped.msi')).rejects.toThrow(
        /could not be signed/,
      );
      expect(existsSync(at('unstamped.msi'))).toBe(false);
    });

    test('an elliptic curve signs, and is known not to repeat itself', async () => {
      const curve = authority.issue('curve', { kind: 'ec/prime256v1' });
      expect((await readSigner(curve)).repeatable).toBe(false);
      expect((await sign(curve, 'curve.msi')).subject).toBe('/CN=curve');
    });

    const refusals: [string, () => Partial<SigningIdentity>, RegExp][] = [
      ['a key of another certificate', () => ({ key: authority.issue('other').key }), /does not belong to/],
      [
        'a key that is none',
        () => ({ key: new Secret('codesign', 'hunter2') }),
        /^\[secret:codesign\] is not a private key/,
      ],
      [
        'a certificate for servers',
        () => authority.issue('web', { use: 'server' }),
        /is not for signing code/,
      ],
      ['no certificate', () => ({ certificate: at('own.key') }), /holds no certificate/],
      ['no file', () => ({ certificate: at('none.pem') }), /cannot be read/],
    ];
    test.each(refusals)('refused before anything is made: %s', async (_, change, message) => {
      await expect(readSigner({ ...own, ...change() })).rejects.toThrow(message);
    });

    test('certificates that do not lead from one to the next', async () => {
      copyFileSync(own.certificate, at('twisted.pem'));
      const [first = '', root = ''] = readFileSync(own.certificate, 'utf8').split(
        /(?<=-----END CERTIFICATE-----\n)/,
      );
      writeFileSync(
        at('twisted.pem'),
        first + readFileSync(authority.issue('aside').certificate, 'utf8') + root,
      );
      await expect(readSigner({ ...own, certificate: at('twisted.pem') })).rejects.toThrow(/did not issue/);
    });

    test('where there is no osslsigncode, it is said', async () => {
      process.env.PATH = at('nothing');
      mkdirSync(at('nothing'));
      for (const tool of ['bash', 'sh', 'cat'])
        execFileSync('/bin/ln', ['-s', `/bin/${tool}`, join(at('nothing'), tool)]);
      await expect(readSigner(own)).rejects.toThrow(/osslsigncode cannot be run/);
    });
  },
);
