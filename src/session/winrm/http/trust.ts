import type { TLSSocket } from 'node:tls';
import { SessionError } from '../../../errors.ts';
import { textOf } from '../../foreign-text.ts';
import { hostOf, type WinrmNode } from './settings.ts';

const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its issuer is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known here',
  CERT_HAS_EXPIRED: 'it has expired, or the clock here is wrong',
  CERT_NOT_YET_VALID: 'it is not valid yet, or the clock here is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** Why the certificate that a node has shown is not trusted; undefined: it is, by its fingerprint where the site pins one. */
export function trustProblem(node: WinrmNode, socket: TLSSocket): SessionError | undefined {
  const { fingerprint256: shown = '', subjectaltname, subject } = socket.getPeerCertificate();
  const where = `${hostOf(node.address)}:${node.port}`;
  if (node.fingerprint !== undefined) {
    if (plain(shown) === plain(node.fingerprint)) return undefined;
    return new SessionError(
      node.name,
      'host-key',
      `the certificate of ${where} has not the fingerprint of the site file: it shows ${shown}. Somebody may be in between, or it was renewed`,
      'Nothing was sent. Compare it on the node: `Get-ChildItem Cert:\\LocalMachine\\My`, SHA-256. If it was renewed, change `fingerprint` of the node.',
    );
  }
  if (socket.authorized) return undefined;
  // An Error or its code, depending on what failed; the types of Node say Error alone.
  const failure: unknown = socket.authorizationError;
  const code = typeof failure === 'string' ? failure : ((failure as NodeJS.ErrnoException)?.code ?? '');
  const names = textOf(subjectaltname ?? subject?.CN, 200) ?? 'no name';
  const detail = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? ` (${names})` : '';
  return new SessionError(
    node.name,
    'host-key',
    `the certificate of ${where} is not trusted: ${reasons[code] ?? code}${detail}; its fingerprint is ${shown}`,
    'Nothing was sent. Name the file of its issuer as `ca` of the node, or, after comparing it on the node, its SHA-256 as `fingerprint`.',
  );
}

/** A fingerprint without colons, in one case. */
function plain(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toLowerCase();
}
