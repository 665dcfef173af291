import { readFileSync } from 'node:fs';
import { InputError } from '../../../errors.ts';
import { hostVerdict, matchVerdict, type Verdict } from './condition.ts';
import { type ConfigLine, configError, configLines } from './config-line.ts';
import { type Found, take, type Undecided } from './found.ts';
import { includedFiles } from './included.ts';
import { percentExpanded } from './tokens.ts';

/** As deep as OpenSSH follows `Include`. */
const maxDepth = 16;

/** The host whose lines are wanted. */
export interface Asked {
  readonly host: string;
  /** The user that is known from elsewhere: what the configuration says does not count. */
  readonly user?: string;
  /** Who logs in where nothing names a user; `Match user` is about him. */
  readonly defaultUser: string;
  /** Keywords that are decided elsewhere, in small letters. */
  readonly decided: readonly string[];
}

/**
 * The lines of an OpenSSH client configuration that count for a host. Throws InputError, with file and line, for what is wrong there
 * and for what is not supported, the latter only where it decides about this host.
 */
export function readConfig(file: string, asked: Asked, required: boolean): Found {
  const found: Found = { lines: new Map(), identityFiles: [], host: asked.host };
  readInto(found, file, { asked, depth: 0, required });
  return found;
}

interface Reading {
  readonly asked: Asked;
  readonly depth: number;
  readonly required?: boolean;
  /** Of the block that includes the file. */
  readonly undecided?: Undecided;
}

function readInto(found: Found, file: string, reading: Reading): void {
  const { asked, depth } = reading;
  let verdict: Verdict = true;
  let { undecided } = reading;
  for (const line of linesOf(file, reading.required)) {
    if (line.keyword === 'host' || line.keyword === 'match') {
      const subject = subjectOf(found, asked);
      verdict = line.keyword === 'host' ? hostVerdict(line, subject) : matchVerdict(line, subject);
      undecided =
        typeof verdict === 'string'
          ? { condition: verdict, file: line.file, line: line.line }
          : reading.undecided;
    } else if (verdict === false) continue;
    else if (line.keyword === 'include') {
      if (depth >= maxDepth) throw configError(line, `more than ${maxDepth} files include one another`);
      for (const included of line.words.flatMap(includedFiles))
        readInto(found, included, { asked, depth: depth + 1, ...(undecided && { undecided }) });
    } else if (!asked.decided.includes(line.keyword)) take(found, line, undecided);
  }
}

function subjectOf({ lines }: Found, { host, user, defaultUser }: Asked) {
  const hostName = lines.get('hostname');
  return {
    originalHost: host,
    host: hostName ? percentExpanded(hostName, hostName.words[0] ?? '', { h: host }) : host,
    user: user ?? lines.get('user')?.words[0] ?? defaultUser,
  };
}

function linesOf(file: string, required: boolean | undefined): readonly ConfigLine[] {
  try {
    return configLines(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof InputError) throw error;
    if (code === 'ENOENT' && !required) return [];
    throw new InputError([{ message: `the SSH configuration ${file} cannot be read: ${message}` }]);
  }
}
