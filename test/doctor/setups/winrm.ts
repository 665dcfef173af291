import type { CertificatePair } from '../../../src/sandbox/winrm/certificates.ts';
import type { WinRmConfig } from '../../../src/sandbox/winrm/service/config.ts';
import type { WinRmFaults } from '../../../src/sandbox/winrm/service/faults.ts';
import { Secret } from '../../../src/secret.ts';
import type { LayerName } from '../../../src/session/examine/finding.ts';
import type { WinrmSettings } from '../../session/winrm/served.ts';

/** One thing that is wrong with the WinRM of a node, and what the doctor has to say of it. */
export interface WinrmSetup {
  readonly name: string;
  readonly faults?: WinRmFaults;
  readonly config?: Partial<WinRmConfig>;
  /** Default: that of the authority of the tests, for the address of the node. */
  readonly certificate?: 'expired' | 'other-name' | 'self-signed';
  readonly settings?: Partial<WinrmSettings>;
  /** The listener that is asked, where it is not that of the scheme. */
  readonly port?: 'http' | 'closed';
  readonly layer: LayerName;
  readonly message: RegExp;
  readonly cause: RegExp;
  readonly remedy: RegExp;
}

/** The certificate of each such setup, and the issuer that clients know in PEM. */
export type Certificates = Readonly<
  Record<NonNullable<WinrmSetup['certificate']>, CertificatePair & { readonly authority: string }>
>;

const https = { scheme: 'https' } as const;
const wrong = new Secret('login', 'not the password');

export const winrmSetups: readonly WinrmSetup[] = [
  {
    name: 'nothing that listens',
    port: 'closed',
    layer: 'port',
    message: /127\.0\.0\.1 refuses/,
    cause: /WinRM does not run or listens on another port/,
    remedy: /node prepare/,
  },
  {
    name: 'a certificate that has expired',
    settings: https,
    certificate: 'expired',
    layer: 'tls',
    message: /is valid from .* to .*, and the clock here says/,
    cause: /expired or is not valid yet, or the clock of this machine/,
    remedy: /renew/,
  },
  {
    name: 'a certificate for another name',
    settings: https,
    certificate: 'other-name',
    layer: 'tls',
    message: /is not for 127\.0\.0\.1, but for .*other\.example\.org/,
    cause: /in another way than its certificate/,
    remedy: /`address`/,
  },
  {
    name: 'a certificate that the node signed itself',
    settings: https,
    certificate: 'self-signed',
    layer: 'tls',
    message: /issuer of the certificate is not known here: 127\.0\.0\.1/,
    cause: /signed it itself/,
    remedy: /`ca`.*`fingerprint`/,
  },
  {
    name: 'another certificate than the pinned one',
    settings: { ...https, fingerprint: 'AB'.repeat(32) },
    layer: 'tls',
    message: /has not the fingerprint of the site file/,
    cause: /renewed, or another machine/,
    remedy: /`fingerprint`/,
  },
  {
    name: 'HTTPS asked of the port of HTTP',
    settings: https,
    port: 'http',
    layer: 'tls',
    message: /speaks no TLS/,
    cause: /listener of this port is for HTTP/,
    remedy: /`scheme: http`/,
  },
  {
    name: 'a proxy that answers with a page',
    faults: { html: { status: 403, headers: { Via: '1.1 acme' } } },
    layer: 'greeting',
    message: /is not WinRM: 403 text\/html.*\(Via: 1\.1 acme\)/,
    cause: /proxy answers in place of the node/,
    remedy: /no proxy from the environment/,
  },
  {
    name: 'a service that is stopped behind HTTP.sys',
    faults: { html: { status: 503 } },
    layer: 'greeting',
    message: /has no WinRM now \(status 503\)/,
    cause: /WinRM is stopped/,
    remedy: /Start WinRM/,
  },
  {
    name: 'Basic alone, with Negotiate in the site file',
    faults: { offers: ['Basic realm="WSMAN"'] },
    layer: 'authentication',
    message: /takes Basic/i,
    cause: /offers basic, and the site file has nothing that fits/,
    remedy: /Negotiate/,
  },
  {
    name: 'a wrong password',
    settings: { password: wrong },
    layer: 'authentication',
    message: /does not let oriel in by the password/,
    cause: /does not say which: the password is wrong or has expired, the account is locked out/,
    remedy: /tried once.*4625/,
  },
  {
    name: 'an account that is disabled',
    faults: { blockedAccount: true },
    settings: https,
    layer: 'authentication',
    message: /does not let oriel in/,
    cause: /disabled.*channel binding/,
    remedy: /4625/,
  },
  {
    name: 'an account that may open no shell',
    faults: { refuseCreate: true },
    layer: 'shell',
    message: /known but may not open a command shell/,
    cause: /password is right/,
    remedy: /LocalAccountTokenFilterPolicy/,
  },
  {
    name: 'as many shells as the account may have',
    config: { MaxShellsPerUser: 0 },
    layer: 'shell',
    message: /MaxShellsPerUser/,
    cause: /password is right/,
    remedy: /MaxShellsPerUser/,
  },
  {
    name: 'a command that ends before the agent says hello',
    faults: { commandEnds: { exitCode: 0 } },
    layer: 'shell',
    message: /did not start/,
    cause: /before the agent said hello/,
    remedy: /MaxMemoryPerShellMB/,
  },
];
