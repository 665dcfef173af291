import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { bounded } from '../bounded.ts';
import type { Verdict } from './finding.ts';
import type { Layer } from './way.ts';

export interface NameEvidence {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Of getaddrinfo, or `ETIMEDOUT`. */
  readonly code?: string;
}

/** Whether the address of a node leads to addresses of a network. */
export const nameLayer: Layer<{ readonly address: string }> = {
  name: 'name',
  async examine({ address }, _, limits) {
    const evidence = await resolveName(address, limits.name);
    return { verdict: nameVerdict(evidence), known: { addresses: evidence.addresses } };
  },
};

async function resolveName(name: string, ms: number): Promise<NameEvidence> {
  if (isIP(name) !== 0) return { name, addresses: [name] };
  const late = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  try {
    const found = await bounded(lookup(name, { all: true }), { limit: { ms, late } });
    return { name, addresses: [...new Set(found.map(({ address }) => address))] };
  } catch (error) {
    return { name, addresses: [], code: String((error as NodeJS.ErrnoException).code) };
  }
}

/** Pure: what an answer of the resolver means. */
export function nameVerdict({ name, addresses, code }: NameEvidence): Verdict {
  const evidence = { name, addresses, ...(code !== undefined && { code }) };
  if (addresses.length > 1)
    return {
      verdict: 'pass',
      message: `${name} has ${addresses.length} addresses: ${addresses.join(', ')}`,
      evidence,
    };
  if (addresses[0] === name) return { verdict: 'pass', message: `${name} is an address`, evidence };
  if (addresses[0] !== undefined) return { verdict: 'pass', message: `${name} is ${addresses[0]}`, evidence };
  const unanswered = code === 'EAI_AGAIN' || code === 'ETIMEDOUT';
  return {
    verdict: 'fail',
    message: unanswered ? `no name server answers for ${name}` : `the name ${name} does not resolve`,
    cause: unanswered
      ? 'The name servers of this machine are away, or this machine has no network.'
      : 'The name is misspelt, or the name servers of this machine do not know it.',
    remedy:
      'Look the name up on this machine. Then correct `address` of the node, add the name to DNS, or write the IP address.',
    command: `nslookup ${name}`,
    evidence,
  };
}
