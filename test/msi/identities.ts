import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningIdentity } from '../../src/msi/sign/identity.ts';
import { Secret } from '../../src/secret.ts';

/** Uses of a certificate, in the words of openssl. */
const uses = {
  code: 'extendedKeyUsage=codeSigning',
  server: 'extendedKeyUsage=serverAuth',
  stamp: 'extendedKeyUsage=critical,timeStamping',
};

/** Certificates in a folder, made by openssl, under one root: `root.pem`. */
export function makeAuthority(folder: string) {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const subject = (name: string) => ['-nodes', '-subj', `/CN=${name}`];
  const root = ['-keyout', 'root.key', '-out', 'root.pem', '-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-days', '365', ...root, ...subject('Test Root'));
  return {
    root: join(folder, 'root.pem'),
    /** Who signs: `NAME.key` and `NAME.pem`, which leads up to the root. */
    issue(
      name: string,
      { use = 'code', kind = 'rsa:2048', days = 365 } = {},
    ): SigningIdentity & { key: Secret } {
      writeFileSync(
        join(folder, `${name}.ext`),
        `basicConstraints=CA:FALSE\n${uses[use as keyof typeof uses]}\n`,
      );
      const [algorithm = '', curve] = kind.split('/');
      const how = curve ? ['-pkeyopt', `ec_paramgen_curve:${curve}`] : [];
      openssl(
        'req',
        '-newkey',
        algorithm,
        ...how,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        ...subject(name),
      );
      const authority = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', `${days}`];
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...authority,
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      );
      const certificate = join(folder, `${name}.pem`);
      writeFileSync(certificate, readFileSync(join(folder, 'root.pem')), { flag: 'a' });
      return { certificate, key: new Secret(name, readFileSync(join(folder, `${name}.key`), 'utf8')) };
    },
  };
}
