import { type Facts, type SecretReading, textOption } from '../gather/facts.ts';
import { atPath, type SitePart } from '../site/site-part.ts';
import { type Condition, condition } from '../status/condition.ts';

interface Credentials {
  readonly part?: SitePart;
  readonly conditions: readonly Condition[];
}

const passwordName = 'windows-password';
const knownHosts = 'known_hosts';
const caFile = 'windows-ca.pem';
/** A name that no option of the charm has. */
const identityFile = 'windows-identity';

/** How a proxy charm logs in to its nodes: a secret of the model, or options of Juju before 3.3. */
export function windowsCredentials(facts: Facts): Credentials {
  const user = textOption(facts, 'windows-user');
  const password = textOption(facts, 'windows-password');
  if (textOption(facts, 'windows-credentials') === undefined)
    return user !== undefined && password !== undefined
      ? checked(facts, { username: user, password })
      : { conditions: [condition('credentials-unset')] };
  const secret = secretFor(facts, 'windows-credentials', ['username']);
  return 'missing' in secret ? { conditions: [secret.missing] } : checked(facts, secret.values);
}

/** SSH logs in with a key, WinRM with a password. */
function checked(facts: Facts, values: Readonly<Record<string, string>>): Credentials {
  const transport = transportOf(facts);
  const key = transport === 'ssh' ? 'private-key' : 'password';
  if (!values[key]) return { conditions: [condition('credentials-key', { key, transport })] };
  return { conditions: [], part: toPart(facts, values) };
}

function transportOf(facts: Facts): string {
  return textOption(facts, 'windows-transport') ?? 'ssh';
}

function toPart(facts: Facts, values: Readonly<Record<string, string>>): SitePart {
  const transport = transportOf(facts);
  const hosts = textOption(facts, 'windows-known-hosts');
  const ca = textOption(facts, 'windows-ca');
  const { username: user, password = '', 'private-key': key = '' } = values;
  if (transport === 'ssh')
    return {
      site: atPath('nodes.defaults', {
        ...{ via: transport, user, identity: identityFile, known_hosts: knownHosts, ssh_config: 'none' },
      }),
      files: { [knownHosts]: withNewline(hosts ?? ''), [identityFile]: withNewline(key) },
    };
  const defaults = { via: transport, user, password: { secret: passwordName }, ...(ca && { ca: caFile }) };
  return {
    site: atPath('nodes.defaults', defaults),
    secrets: { [passwordName]: password },
    ...(ca && { files: { [caFile]: withNewline(ca) } }),
  };
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The values of the secret that an option names, with the keys that are needed; or what is missing and what to do. */
export function secretFor(
  { secrets, event }: Facts,
  option: string,
  keys: readonly string[],
): { readonly values: Readonly<Record<string, string>> } | { readonly missing: Condition } {
  const reading: SecretReading | undefined = secrets.get(option);
  if (!reading) return { missing: condition('secret-invalid', { option }) };
  if ('refused' in reading) {
    const { id, refused: reason } = reading;
    return {
      missing: /permission denied/.test(reason)
        ? condition('secret-not-granted', { option, id, application: event.application })
        : condition('secret-refused', { option, reason }),
    };
  }
  const lacking = keys.find((key) => !reading.values[key]);
  if (lacking) return { missing: condition('secret-key', { option, key: lacking }) };
  return reading;
}
