import { type ConfigLine, type ConfigPlace, configError } from './config-line.ts';

/** What a configuration says of one host: the lines that count, as they are written. */
export interface Found {
  /** The first line of each keyword, by the keyword in small letters. */
  readonly lines: Map<string, ConfigLine>;
  /** Those of IdentityFile, which alone adds up. */
  readonly identityFiles: ConfigLine[];
  /** Whom they are about. */
  readonly host: string;
}

/** Keywords that are obeyed. */
const obeyed: ReadonlySet<string> = new Set([
  ...['hostname', 'port', 'user', 'identityfile', 'identitiesonly', 'identityagent', 'certificatefile'],
  ...['proxyjump', 'userknownhostsfile', 'stricthostkeychecking', 'hostkeyalias'],
  ...['serveraliveinterval', 'connecttimeout'],
]);

/** Keywords that would lead elsewhere, or forbid a key, and cannot be obeyed; with the values that do nothing. */
const refused: ReadonlyMap<string, readonly string[]> = new Map([
  ['proxycommand', ['none']],
  ['canonicalizehostname', ['no', 'false', 'none']],
  ['revokedhostkeys', ['none']],
]);

/** Of ProxyJump and ProxyCommand the first one counts. */
const slots: ReadonlyMap<string, string> = new Map([['proxycommand', 'proxyjump']]);

/** A condition that cannot be decided here, and what it says. */
export interface Undecided extends ConfigPlace {
  readonly condition: string;
}

/**
 * Takes a line of a block that is ours, where it still says something. Throws InputError where it cannot be obeyed, and where nobody
 * can say whether its block is ours.
 */
export function take(found: Found, line: ConfigLine, undecided: Undecided | undefined): void {
  const { keyword, words } = line;
  const harmless = refused.get(keyword);
  if (!obeyed.has(keyword) && harmless === undefined) return;
  const slot = slots.get(keyword) ?? keyword;
  if (found.lines.has(slot) && keyword !== 'identityfile') return;
  if (undecided) throw configError(undecided, notDecided(undecided, keyword, found.host), remedy);
  if (words.length === 0) throw configError(line, `\`${keyword}\` has no value`);
  if (words.length > 1 && keyword !== 'userknownhostsfile' && keyword !== 'proxycommand')
    throw configError(line, `\`${keyword}\` has more than one value`);
  if (harmless !== undefined && !harmless.includes(words[0]?.toLowerCase() ?? ''))
    throw configError(line, `\`${keyword}\` is not supported, and decides about ${found.host}`, remedy);
  // As OpenSSH has it: a later line still counts.
  if (keyword === 'connecttimeout' && words[0]?.toLowerCase() === 'none') return;
  if (keyword !== 'identityfile') found.lines.set(slot, line);
  else if (!found.identityFiles.some((other) => other.words[0] === words[0])) found.identityFiles.push(line);
}

function notDecided({ condition }: Undecided, keyword: string, host: string): string {
  return `\`Match ${condition}\` is not supported, and decides about \`${keyword}\` of ${host}`;
}

const remedy =
  'Say it in the site file (port, user, identity, known_hosts), or name another configuration there: `ssh_config: FILE`, or none.';
