import { type CertificateFile, readCertificate, readPfx } from '../../../certificate-file.ts';
import type { StandIn } from '../../node/backing.ts';
import { knownAccount } from '../accounts/known-account.ts';
import { decodeBase64 } from '../call/base64.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

interface KeptCertificate {
  readonly store: string;
  readonly thumbprint: string;
  readonly label: string;
  readonly key: boolean;
  readonly expires: string;
  readonly readers?: readonly string[];
}

export const certificateFunctions = {
  'Get-CertificateList': async ({ store, label, thumbprint }, { node }) => ({
    certificates: all(node, store)
      .filter((one) => one.label === label || one.thumbprint === thumbprint?.toUpperCase())
      .map(({ store: _, ...one }) => one),
  }),

  'Add-Certificate': async ({ store, label, certificate, password }, { node }) => {
    const { thumbprint, expires } = opened(decodeBase64('certificate', certificate), password);
    const key = password !== undefined;
    keep(node, { store, thumbprint, label, key, expires, ...(key && { readers: [] }) });
    return null;
  },

  'Set-CertificateReader': async ({ store, thumbprint, readers }, { node }) => {
    const found = all(node, store).find((one) => one.thumbprint === thumbprint.toUpperCase());
    if (!found?.key) throw new AgentFailure('KeyNotFound', 'the private key has no file', 'ObjectNotFound');
    keep(node, { ...found, readers: readers.map(knownAccount) });
    return null;
  },

  'Remove-Certificate': async ({ store, thumbprint }, { node }) => {
    const found = all(node, store).find((one) => one.thumbprint === thumbprint.toUpperCase());
    if (found) node.backing.memory.set('certificate', keyOf(found), undefined);
    return { removed: found !== undefined };
  },
} satisfies Partial<AgentFunctions>;

function opened(bytes: Buffer, password: string | undefined): CertificateFile {
  try {
    return password === undefined ? readCertificate(bytes) : readPfx(bytes, password);
  } catch {
    const message =
      password === undefined
        ? 'Cannot find the requested object.'
        : 'The specified network password is not correct.';
    throw new AgentFailure('CryptographicException', message);
  }
}

function all({ backing: { memory } }: StandIn, store: string): readonly KeptCertificate[] {
  const kept = memory.all('certificate') as readonly KeptCertificate[];
  return kept.filter((one) => one.store.toLowerCase() === store.toLowerCase());
}

function keyOf({ store, thumbprint }: KeptCertificate): string {
  return `${store}\\${thumbprint}`;
}

function keep({ backing: { memory } }: StandIn, one: KeptCertificate): void {
  memory.set('certificate', keyOf(one), one);
}
