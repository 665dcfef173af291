import { reveal } from '../../secret.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Text } from '../../site/deployment.ts';
import { canonicalAccount, protocolAccount, sameAccount } from '../accounts/account.ts';
import type { Resource, Work } from '../model/resource.ts';
import type { State } from '../model/state.ts';
import { textsOf } from '../model/texts-of.ts';

interface CertificateName {
  /** Name of the store of the computer: `My`, `Root`. */
  readonly store: string;
  /** What a console shows as its friendly name; by it we know the ones that we put there. */
  readonly label: string;
}

export type Certificate = CertificateName &
  (
    | { readonly ensure: 'absent' }
    | {
        readonly ensure: 'present';
        /** SHA-1, 40 capital hexadecimal digits. */
        readonly thumbprint: string;
        /** The file in base64: a certificate, or a PFX with its private key. */
        readonly content: Text;
        readonly key?: {
          /** Of the PFX. */
          readonly password: Text;
          /** Accounts that may read the private key, beside SYSTEM and Administrators. */
          readonly readers: readonly string[];
        };
      }
  );

type Listed = AgentResults['Get-CertificateList']['certificates'][number];
type PresentCertificate = Certificate & { readonly ensure: 'present' };

/** A certificate in a store of the computer. Others with our label are older ones of it, and go. */
export const certificate: Resource<Certificate> = {
  kind: 'certificate',
  identity: ({ store, label }) => ({ store, label }),
  reasons: { older: 'an older one is there', readers: 'others than should can read its private key' },
  desired(spec) {
    if (spec.ensure === 'absent') return { exists: false };
    const { thumbprint, key } = spec;
    const withKey = key && { key: true, readers: readersOf(key.readers).toSorted() };
    return { exists: true, thumbprint, ...withKey, older: [] };
  },
  observe(spec) {
    const { store, label } = spec;
    const thumbprint = spec.ensure === 'present' && { thumbprint: spec.thumbprint };
    return [{ call: 'Get-CertificateList', store, label, ...thumbprint }];
  },
  read(spec, [result]) {
    const { certificates } = result as AgentResults['Get-CertificateList'];
    const ours = certificates.filter(({ label }) => label === spec.label).map(({ thumbprint }) => thumbprint);
    if (spec.ensure === 'absent') return { exists: ours.length > 0, older: ours.sort() };
    const older = ours.filter((thumbprint) => thumbprint !== spec.thumbprint).sort();
    const found = certificates.find(({ thumbprint }) => thumbprint === spec.thumbprint);
    if (!found) return { exists: false, older };
    const { thumbprint, key, expires } = found;
    return { exists: true, thumbprint, key, readers: seen(found, spec), older, expires };
  },
  change(spec, observed) {
    const { store } = spec;
    const remove = textsOf(observed.older).map((thumbprint): Work => {
      const call = { call: 'Remove-Certificate', store, thumbprint };
      return { do: 'call', description: `takes the certificate ${thumbprint} out of ${store}`, call };
    });
    if (spec.ensure === 'absent') return remove;
    return [...addition(spec, observed), ...remove];
  },
  explain(spec, { message }) {
    // ERROR_INVALID_PASSWORD, and what .NET on Windows says in English.
    if (!/0x80070056|network password is not correct/i.test(message)) return { cause: message };
    const remedy = 'its password is that of the export: look at the secret, and at which file it belongs to';
    return { cause: `the password does not open the file of ${spec.label}`, remedy };
  },
};

/** The new one is there before an older one goes. */
function addition(spec: PresentCertificate, observed: State): readonly Work[] {
  const { store, label, thumbprint, content, key } = spec;
  const there = observed.exists === true && (!key || observed.key === true);
  const accounts = readersOf(key?.readers ?? []);
  const works: Work[] = [];
  if (!there) {
    const call = {
      call: 'Add-Certificate',
      ...{ store, label, certificate: reveal(content) },
      ...(key && { password: reveal(key.password) }),
    };
    works.push({ do: 'call', description: `puts the certificate ${thumbprint} into ${store}`, call });
  }
  // A key that has just come is read by nobody else; some have no file whose access could be set.
  if (key && (there || accounts.length > 0)) {
    const call = { call: 'Set-CertificateReader', store, thumbprint, readers: accounts };
    works.push({ do: 'call', description: 'sets who can read its private key', call });
  }
  return works;
}

/** SYSTEM always can. */
function readersOf(accounts: readonly string[]): readonly string[] {
  const others = accounts.filter((account) => canonicalAccount(account) !== 'LocalSystem');
  return [...new Set(others.map(protocolAccount))];
}

/** Who can read the key, spelled as in the spec. Where others should be able to and nobody can see who does, the reason stands there. */
function seen({ readers = [], noReaders }: Listed, { key }: PresentCertificate): readonly string[] {
  const spec = readersOf(key?.readers ?? []);
  if (noReaders !== undefined && spec.length > 0) return [`unknown: ${noReaders}`];
  return readers.map((account) => spec.find((each) => sameAccount(each, account)) ?? account).toSorted();
}
