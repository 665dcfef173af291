import type { Verdict } from '../../examine/finding.ts';

/** What came of a handshake. */
export type TlsEvidence =
  /** The code of the system or of OpenSSL. */
  | { readonly asked: string; readonly failure: string }
  | {
      /** The name or address that the certificate has to be for. */
      readonly asked: string;
      /** `TLSv1.3`. */
      readonly version: string;
      readonly names: string;
      /** Names, from the node to the last issuer that it sent. */
      readonly chain: readonly string[];
      /** As Node writes dates: `Dec  1 00:00:00 2026 GMT`. */
      readonly from: string;
      readonly to: string;
      /** SHA-256, with colons. */
      readonly fingerprint: string;
      /** Why the chain is not trusted: a code of OpenSSL. Absent: it is. */
      readonly problem?: string;
    };

type Certificate = Extract<TlsEvidence, { readonly version: string }>;

const onNode = 'Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject, NotBefore, NotAfter, Thumbprint';

/** Pure: whether a certificate is trusted; with a fingerprint in the site file by that alone. */
export function tlsVerdict(found: TlsEvidence, pinned: string | undefined, now: Date): Verdict {
  if ('failure' in found) return noTls(found.failure);
  const evidence = {
    ...{ version: found.version, names: found.names, chain: found.chain },
    ...{ from: found.from, to: found.to, fingerprint: found.fingerprint, problem: found.problem ?? null },
  };
  const shown = `${found.version}, ${found.chain.join(' < ')}, valid to ${found.to}`;
  if (pinned !== undefined)
    return plain(pinned) === plain(found.fingerprint)
      ? { verdict: 'pass', message: `${shown}; by its fingerprint`, evidence }
      : {
          verdict: 'fail',
          message: `the certificate has not the fingerprint of the site file: it shows ${found.fingerprint}`,
          ...otherPin,
          evidence,
        };
  if (found.problem === undefined) return { verdict: 'pass', message: shown, evidence };
  return { verdict: 'fail', ...(problems[found.problem] ?? unknownIssuer)(found, now), evidence };
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toLowerCase();
}

const otherPin = {
  cause: 'The certificate was renewed, or another machine answers for the node.',
  remedy: 'Compare it on the node. If it was renewed, change `fingerprint` of the node.',
  command: onNode,
};

type Words = Required<Pick<Verdict, 'message' | 'cause' | 'remedy' | 'command'>>;

const unknownIssuer = ({ chain, fingerprint }: Certificate): Words => ({
  message: `the issuer of the certificate is not known here: ${chain.join(' < ')}; its fingerprint is ${fingerprint}`,
  cause:
    chain.length < 2
      ? 'The node signed it itself, or does not send the certificate of its issuer.'
      : 'Its issuer is one of your own, and no `ca` of the site file names it.',
  remedy:
    'Name the file of the issuer as `ca` of the node; or compare the certificate on the node and write its SHA-256 as `fingerprint`.',
  command: onNode,
});
const dates = (found: Certificate, now: Date): Words => ({
  message: `the certificate is valid from ${found.from} to ${found.to}, and the clock here says ${now.toUTCString()}`,
  cause: 'It has expired or is not valid yet, or the clock of this machine is wrong.',
  remedy: 'If the clock here is right, renew the certificate on the node and give it to the listener:',
  command: 'winrm enumerate winrm/config/listener',
});
const otherName = ({ asked, names }: Certificate): Words => ({
  message: `the certificate is not for ${asked}, but for ${names}`,
  cause: 'The site file names the node in another way than its certificate does, or another machine answers.',
  remedy:
    'Write one of these names as `address` of the node, or give the listener a certificate for this one.',
  command: onNode,
});

const problems: Readonly<Record<string, (found: Certificate, now: Date) => Words>> = {
  CERT_HAS_EXPIRED: dates,
  CERT_NOT_YET_VALID: dates,
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
};

function noTls(failure: string): Verdict {
  const evidence = { failure };
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(failure))
    return {
      verdict: 'fail',
      message: `the port speaks no TLS (${failure})`,
      cause: 'The listener of this port is for HTTP, or another service has the port.',
      remedy: 'Set `scheme: http` of the node, or the port of its HTTPS listener.',
      command: 'winrm enumerate winrm/config/listener',
      evidence,
    };
  return {
    verdict: 'fail',
    message: `no TLS connection: ${failure}`,
    cause:
      'The HTTPS listener has no certificate any more, both ends share no version of TLS, or somebody between ends the connection.',
    remedy:
      'On the node, look at the certificate of the listener; `oriel node prepare --via winrm` prints the commands for a new one.',
    command: 'winrm enumerate winrm/config/listener',
    evidence,
  };
}
