import type { FaultName } from '../../../src/sandbox/node/faults.ts';
import type { WinRmConfig } from '../../../src/sandbox/winrm/service/config.ts';
import { Secret } from '../../../src/secret.ts';
import type { LayerName } from '../../../src/session/examine/finding.ts';
import type { WinrmSettings } from '../../session/winrm/served.ts';

/** One thing that is wrong with the WinRM of a node, and what the doctor has to say of it. */
export interface WinrmSetup {
  readonly name: string;
  /** A fault of the sandbox. */
  readonly fault?: FaultName;
  readonly config?: Partial<WinRmConfig>;
  /** Milliseconds for the answer to a question without a login; default: as usual. */
  readonly greeting?: number;
  readonly settings?: Partial<WinrmSettings>;
  /** The listener that is asked, where it is not that of the scheme. */
  readonly port?: 'http' | 'closed';
  readonly layer: LayerName;
  readonly message: RegExp;
  readonly cause: RegExp;
  readonly remedy: RegExp;
}

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
    fault: 'certificate-expired',
    layer: 'tls',
    message: /is valid from .* to .*, and the clock here says/,
    cause: /expired or is not valid yet, or the clock of this machine/,
    remedy: /renew/,
  },
  {
    name: 'a certificate for another name',
    settings: https,
    fault: 'certificate-wrong-name',
    layer: 'tls',
    message: /is not for 127\.0\.0\.1, but for .*another\.example\.org/,
    cause: /in another way than its certificate/,
    remedy: /`address`/,
  },
  {
    name: 'a certificate of an issuer that nobody knows',
    settings: https,
    fault: 'certificate-unknown-issuer',
    layer: 'tls',
    message: /issuer of the certificate is not known here: 127\.0\.0\.1/,
    cause: /does not send the certificate of its issuer/,
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
    fault: 'winrm-proxy-page',
    layer: 'greeting',
    message: /is not WinRM: 403 text\/html \(Via: 1\.1 proxy/,
    cause: /A proxy answers in place of the node/,
    remedy: /no proxy from the environment/,
  },
  {
    name: 'a service that is stopped behind HTTP.sys',
    fault: 'winrm-stopped',
    layer: 'greeting',
    message: /has no WinRM now \(status 503\)/,
    cause: /WinRM is stopped/,
    remedy: /Start WinRM/,
  },
  {
    name: 'Basic alone, with Negotiate in the site file',
    fault: 'winrm-basic-only',
    layer: 'authentication',
    message: /takes Basic/i,
    cause: /offers basic, and the site file has nothing that fits/,
    remedy: /Negotiate/,
  },
  {
    name: 'Kerberos alone, with a password in the site file',
    fault: 'winrm-kerberos-only',
    settings: { authentication: 'ntlm' },
    layer: 'authentication',
    message: /takes Kerberos/i,
    cause: /offers kerberos, and the site file has nothing that fits/,
    remedy: /kinit/,
  },
  {
    name: 'a service that takes messages and never answers',
    fault: 'winrm-mute',
    greeting: 500,
    layer: 'greeting',
    message: /takes the question and does not answer/,
    cause: /hangs/,
    remedy: /Restart WinRM/,
  },
  {
    name: 'a service that answers 500 and nothing',
    fault: 'winrm-empty-error',
    layer: 'greeting',
    message: /status 500 and not a word/,
    cause: /broken/,
    remedy: /Operational/,
  },
  {
    name: 'a clock that is an hour fast, behind a login that is refused',
    fault: 'winrm-clock-wrong',
    settings: { password: wrong },
    layer: 'authentication',
    message: /does not let oriel in/,
    cause: /(3599|360[0-9]) s ahead of ours.*password may be right/,
    remedy: /time server/,
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
    fault: 'winrm-account-blocked',
    settings: https,
    layer: 'authentication',
    message: /does not let oriel in/,
    cause: /disabled.*channel binding/,
    remedy: /4625/,
  },
  {
    name: 'an account that may open no shell',
    fault: 'winrm-no-shell',
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
    fault: 'winrm-commands-end',
    layer: 'shell',
    message: /did not start/,
    cause: /before the agent said hello/,
    remedy: /MaxMemoryPerShellMB/,
  },
];
