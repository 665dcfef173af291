import { z } from 'zod';
import { type CertificateFile, readCertificate, readPfx } from '../../certificate-file.ts';
import type { StandIn } from '../backing.ts';
import { knownAccount } from './accounts.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction } from './function.ts';

const store = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'is no name of a store');
const thumbprint = z.string().regex(/^[0-9A-Fa-f]{40}$/, 'is no thumbprint');
const addition = z.strictObject({
  store,
  label: z.string(),
  certificate: z.base64(),
  password: z.string().optional(),
});

interface Kept {
  readonly store: string;
  readonly thumbprint: string;
  readonly label: string;
  readonly key: boolean;
  readonly expires: string;
  readonly readers?: readonly string[];
}

export const getCertificateList = agentFunction(
  z.strictObject({ store, label: z.string(), thumbprint: thumbprint.optional() }),
  async ({ store, label, thumbprint }, { node }) => ({
    certificates: all(node, store)
      .filter((one) => one.label === label || one.thumbprint === thumbprint?.toUpperCase())
      .map(({ store: _, ...one }) => one),
  }),
);

export const addCertificate = agentFunction(addition, async (request, { node }) => {
  const { store, label, certificate, password } = request;
  const { thumbprint, expires } = opened(Buffer.from(certificate, 'base64'), password);
  const key = password !== undefined;
  keep(node, { store, thumbprint, label, key, expires, ...(key && { readers: [] }) });
  return null;
});

export const setCertificateReader = agentFunction(
  z.strictObject({ store, thumbprint, readers: z.array(z.string()) }),
  async ({ store, thumbprint, readers }, { node }) => {
    const found = all(node, store).find((one) => one.thumbprint === thumbprint.toUpperCase());
    if (!found?.key) throw new AgentFailure('KeyNotFound', 'the private key has no file', 'ObjectNotFound');
    keep(node, { ...found, readers: readers.map(knownAccount) });
    return null;
  },
);

export const removeCertificate = agentFunction(
  z.strictObject({ store, thumbprint }),
  async ({ store, thumbprint }, { node }) => {
    const found = all(node, store).find((one) => one.thumbprint === thumbprint.toUpperCase());
    if (found) node.backing.memory.set('certificate', keyOf(found), undefined);
    return { removed: found !== undefined };
  },
);

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

function all({ backing: { memory } }: StandIn, store: string): readonly Kept[] {
  const kept = memory.all('certificate') as readonly Kept[];
  return kept.filter((one) => one.store.toLowerCase() === store.toLowerCase());
}

function keyOf({ store, thumbprint }: Kept): string {
  return `${store}\\${thumbprint}`;
}

function keep({ backing: { memory } }: StandIn, one: Kept): void {
  memory.set('certificate', keyOf(one), one);
}
