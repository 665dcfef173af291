import { isIP } from 'node:net';
import { InputError, type Problem } from '../errors.ts';
import type { PrepareSettings, WindowsVersion } from './settings.ts';

/** What somebody typed. */
export interface PrepareFlags {
  readonly windows: WindowsVersion;
  readonly from?: readonly string[];
  /** The content of the file of the key. */
  readonly key?: string;
  readonly zip: string;
  readonly http?: true;
  readonly hostName?: string;
  readonly thumbprint?: string;
  readonly tokenFilter?: true;
}

/** Checked flags, each with its default. Throws InputError with everything that is wrong. */
export function readSettings({ from = ['LocalSubnet'], ...flags }: PrepareFlags): PrepareSettings {
  const key = flags.key?.trim();
  const problems = [
    ...from
      .filter((one) => !isSource(one))
      .map((one) => problem('--from', one, 'an address, a network like 10.0.0.0/24, or LocalSubnet')),
    ...(key === undefined || isPublicKey(key)
      ? []
      : [
          problem(
            '--key',
            key.slice(0, 40),
            'the file of a public SSH key: one line that begins with ssh-ed25519, ecdsa-sha2-... or ssh-rsa',
          ),
        ]),
    ...(flags.hostName === undefined || /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/.test(flags.hostName)
      ? []
      : [problem('--host-name', flags.hostName, 'the DNS name of the node')]),
    ...(flags.thumbprint === undefined || /^[0-9A-Fa-f]{40}$/.test(flags.thumbprint)
      ? []
      : [problem('--thumbprint', flags.thumbprint, '40 hexadecimal digits')]),
    ...(/^[A-Za-z]:\\[^"<>|?*]+$/.test(flags.zip)
      ? []
      : [problem('--zip', flags.zip, 'a path on the node: C:\\dir\\file.zip')]),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const { windows, zip, hostName, thumbprint } = flags;
  return {
    ...{ windows, from, zip, http: flags.http ?? false, tokenFilter: flags.tokenFilter ?? false },
    ...(key !== undefined && { key }),
    ...(hostName !== undefined && { hostName }),
    ...(thumbprint !== undefined && { thumbprint: thumbprint.toUpperCase() }),
  };
}

function problem(flag: string, value: string, wanted: string): Problem {
  return { message: `${flag} ${value} is not valid`, hint: `write ${wanted}` };
}

/** As a rule of the firewall takes it. */
function isSource(text: string): boolean {
  if (text === 'LocalSubnet') return true;
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return version !== 0 && fits && more.length === 0;
}

/** The comment behind it may hold anything but control characters. */
function isPublicKey(text: string): boolean {
  return /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]+=*( \P{Cc}*)?$/u.test(
    text,
  );
}
