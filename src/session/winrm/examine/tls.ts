import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { bounded } from '../../bounded.ts';
import type { Layer } from '../../examine/way.ts';
import { textOf } from '../../foreign-text.ts';
import type { WinrmNode } from '../http/settings.ts';
import { type TlsEvidence, tlsVerdict } from './tls-verdict.ts';

/** Issuers of a chain that are shown; a node may send any number. */
const maxChain = 10;

/** Whether the certificate of a node is trusted: its chain, its names, its dates. Nothing of ours is sent. */
export const tlsLayer: Layer<WinrmNode> = {
  name: 'tls',
  async examine(node, { addresses }, limits) {
    if (node.scheme === 'http')
      return {
        verdict: { verdict: 'pass', message: 'none: over HTTP, each message is sealed by the login' },
      };
    const evidence = await handshake(node, addresses[0] ?? node.address, limits.greeting);
    return { verdict: tlsVerdict(evidence, node.fingerprint, new Date()) };
  },
};

async function handshake(node: WinrmNode, host: string, ms: number): Promise<TlsEvidence> {
  const { address, port, ca } = node;
  const name = isIP(address) === 0 ? { servername: address } : {};
  const late = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  let socket: TLSSocket | undefined;
  try {
    const trusted = ca === undefined ? {} : { ca: await readFile(ca) };
    // Judged below, where what the node has shown can be told.
    socket = connect({ host, port, ...name, ...trusted, rejectUnauthorized: false });
    const secured = socket;
    await bounded(
      new Promise<void>((resolve, reject) => {
        secured.once('secureConnect', resolve);
        secured.once('error', reject);
        secured.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      }),
      { limit: { ms, late } },
    );
    return evidenceOf(address, secured);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { asked: address, failure: textOf(code ?? message, 200) ?? '' };
  } finally {
    socket?.on('error', () => {}).destroy();
  }
}

function evidenceOf(asked: string, socket: TLSSocket): TlsEvidence {
  const certificate = socket.getPeerCertificate(true);
  // An Error or its code, depending on what failed; the types of Node say Error alone.
  const problem: unknown = socket.authorizationError;
  const code = typeof problem === 'string' ? problem : (problem as NodeJS.ErrnoException | undefined)?.code;
  return {
    asked,
    version: socket.getProtocol() ?? '',
    names: textOf(certificate.subjectaltname ?? certificate.subject?.CN, 300) ?? 'no name',
    chain: chainOf(certificate),
    from: certificate.valid_from,
    to: certificate.valid_to,
    fingerprint: certificate.fingerprint256,
    ...(socket.authorized ? {} : { problem: code ?? 'unknown' }),
  };
}

/** The subjects from the node to the last issuer that it has sent. */
function chainOf(certificate: DetailedPeerCertificate): readonly string[] {
  const chain: string[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = certificate;
  while (next?.fingerprint256 && !seen.has(next.fingerprint256) && chain.length < maxChain) {
    seen.add(next.fingerprint256);
    chain.push(textOf(next.subject?.CN, 100) ?? 'without a name');
    next = next.issuerCertificate;
  }
  return chain;
}
