import { readFile } from 'node:fs/promises';
import { type CertificateFile, readCertificate, readPfx } from '../../certificate-file.ts';
import { InputError } from '../../errors.ts';
import { certificate } from '../../resources/certificate/resource.ts';
import { type Declaration, declare } from '../../resources/model/resource.ts';
import { Secret } from '../../secret.ts';
import type { CertificateSettings, Deployment, NodeSettings } from '../../site/deployment.ts';

/** Of no component: Windows is there for all of them. */
const component = 'windows';

/**
 * The certificates that the site puts into stores of its nodes, each file read and opened once. Where it does not name who may read a
 * private key, the accounts of the services of the node may. Throws InputError where one is no
 * certificate, or its password does not open it.
 */
export async function declareCertificates(
  deployment: Deployment,
  accountsOn: (node: NodeSettings) => readonly string[],
): Promise<readonly Declaration[]> {
  const read = new Map<CertificateSettings, CertificateFile>();
  for (const one of deployment.nodes.flatMap(({ certificates }) => certificates))
    if (!read.has(one)) read.set(one, await open(one));
  return deployment.nodes.flatMap((settings) =>
    settings.certificates.flatMap((one) => {
      const { name: node } = settings;
      const { name, store, file, password, readers = accountsOn(settings) } = one;
      const opened = read.get(one);
      if (!opened) return [];
      const content = new Secret(file.replace(/^.*[\\/]/, ''), opened.content);
      const spec = {
        ensure: 'present',
        ...{ store, label: labelOf(name), thumbprint: opened.thumbprint, content },
        ...(password && { key: { password, readers } }),
      } as const;
      return [declare({ resource: certificate, component, node, name, needs: [], spec })];
    }),
  );
}

/** That none of the certificates that we put into stores is there; needs neither files nor passwords. */
export function declareNoCertificates({ nodes }: Deployment): readonly Declaration[] {
  return nodes.flatMap(({ name: node, certificates }) =>
    certificates.map(({ name, store }) =>
      declare({
        resource: certificate,
        component,
        node,
        name,
        needs: [],
        spec: { ensure: 'absent', store, label: labelOf(name) },
      }),
    ),
  );
}

/** Friendly name in the store. */
function labelOf(name: string): string {
  return `oriel ${name}`;
}

async function open({ file, password }: CertificateSettings): Promise<CertificateFile> {
  try {
    const bytes = await readFile(file);
    return password ? readPfx(bytes, password.reveal()) : readCertificate(bytes);
  } catch (error) {
    const what = password ? `no PFX that the secret ${password.name} opens` : 'no certificate in PEM or DER';
    const hint = password ? 'the password is that of its export' : 'a PFX needs `password: { secret: NAME }`';
    throw new InputError([{ message: `${file} is ${what}: ${(error as Error).message}`, hint }]);
  }
}
