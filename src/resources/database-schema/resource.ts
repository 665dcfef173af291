import { z } from 'zod';
import type { Explanation, Failure, Resource } from '../model/resource.ts';

export interface DatabaseSchema {
  /** The program that looks at the schema and changes it, and its arguments before the word that says what to do. */
  readonly file: string;
  readonly arguments: readonly string[];
  /**
   * `prepared`: this release runs on it and older ones still do; `contracted`: what only older releases need is gone, which
   * cannot be taken back.
   */
  readonly until: 'prepared' | 'contracted';
  /** Whether the metadata definitions that the program ships are loaded into a database that has none; never over others. */
  readonly definitions?: boolean;
  /** OpenStack series of the program: what it prepares the schema for. */
  readonly release: string;
  /** Name of the detached migration: the same for the same program and database. */
  readonly run: string;
  /** Where the agent keeps the output of that run, on the node. */
  readonly log: string;
  /** Seconds. */
  readonly timeout: number;
}

/** What the check of the schema says. */
const lookGrammar = z.object({
  heads: z.array(z.string()),
  unknown: z.array(z.string()),
  pending: z.enum(['create', 'expand', 'migrate', 'contract', 'newer']).nullable(),
  runner: z.string().nullable(),
  /** Programs of earlier packages do not say. */
  definitions: z.enum(['loaded', 'missing']).default('missing'),
});
export type SchemaReport = z.infer<typeof lookGrammar>;

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * The schema of a database that several nodes share. The program holds a lock in the database while it changes it, so that one
 * runner does at a time wherever it was started. It runs detached: MySQL cannot roll a half-made change back, so a lost link
 * must not end it.
 */
export const databaseSchema: Resource<DatabaseSchema> = {
  kind: 'database-schema',
  does: 'run',
  reasons: { migrating: 'is being changed by another run' },
  desired: ({ until, definitions }) => ({
    schema: until,
    migrating: false,
    ...(definitions && { definitions: 'loaded' }),
  }),
  observe: (spec) => [{ call: 'Get-DetachedProcess', name: spec.run }, checkCall(spec)],
  read(spec, [run, check]) {
    const found = readSchema(check);
    if ('unreadable' in found) return found;
    const { pending, heads, unknown, runner } = found;
    if (pending === 'newer') return newer(spec.release, unknown);
    const schema = stateOf(pending, spec.until);
    const migrating = runner !== null || (run as { state: string }).state === 'running';
    const loaded = spec.definitions ? { definitions: found.definitions } : {};
    return { schema, migrating, revisions: heads, ...loaded };
  },
  change: (spec) => [
    {
      do: 'detached',
      description: describe(spec),
      name: spec.run,
      file: spec.file,
      arguments: [...spec.arguments, actionOf(spec)],
      timeout: spec.timeout,
      success: [0],
      log: spec.log,
    },
  ],
  explain: (_, failure) => explain(failure),
  runs: ({ run }) => [run],
};

function describe({ until, release, definitions }: DatabaseSchema): string {
  if (until === 'contracted') return 'takes away from the database schema what only older releases need';
  const more = definitions ? ', and loads metadata definitions where there are none' : '';
  return `prepares the database schema for ${release}${more}`;
}

function actionOf({ until, definitions }: DatabaseSchema): string {
  if (until === 'contracted') return 'contract';
  return definitions ? 'populate' : 'prepare';
}

/** The call that looks at the schema. */
export function checkCall(spec: Pick<DatabaseSchema, 'file' | 'arguments'>) {
  const { file, arguments: words } = spec;
  return { call: 'Invoke-Process', file, arguments: [...words, 'check'], timeout: 120 };
}

/** What the answer to that call means. */
export function readSchema(
  answer: unknown,
): SchemaReport | { readonly unreadable: string; readonly remedy?: string } {
  const { exitCode, stdout, stderr, timedOut } = answer as Ended;
  if (exitCode === 0 && !timedOut) {
    const last = stdout.trim().split('\n').at(-1) ?? '';
    return lookGrammar.parse(JSON.parse(last));
  }
  const how = timedOut ? 'did not end' : `ended with exit code ${exitCode}`;
  const reason = reasonIn(stderr) || reasonIn(stdout) || 'it said nothing';
  const unreadable = `the look at the schema ${how}: ${reason}`;
  if (!timedOut && !/OperationalError|connect|denied/i.test(reason)) return { unreadable };
  const remedy = 'see that the node reaches the database and that its name and password are right';
  return { unreadable, remedy };
}

function stateOf(pending: SchemaReport['pending'], until: DatabaseSchema['until']): string {
  if (pending === null) return until;
  if (pending === 'contract') return until === 'prepared' ? 'prepared' : 'to be contracted';
  return { create: 'empty', expand: 'to be expanded', migrate: 'to be migrated', newer: 'newer' }[pending];
}

function newer(release: string, revisions: readonly string[]): { unreadable: string; remedy: string } {
  return {
    unreadable: `the schema is newer than ${release}: it has the revision ${revisions.join(', ')}`,
    remedy:
      'name that release in the site file, or restore a dump of the database that is as old as this one',
  };
}

function explain({ message, log }: Failure): Explanation {
  const reason = log.findLast((line) => /error|exception|denied/i.test(line)) ?? log.at(-1);
  return {
    cause: reason === undefined ? message : `${message}: ${reason.trim()}`,
    remedy: 'restore the database from its backup if the migration stopped half-way, then apply again',
  };
}

/** oslo.log puts this before every line of a traceback: time, process, level, logger. */
const logPrefix = /^\d{4}-\d\d-\d\d \S+ \d+ [A-Z]+ \S+ ?/;

/** The line that names the error, which in a traceback is not the last one; else the last one that says anything. */
function reasonIn(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(logPrefix, '').trim())
    .filter(Boolean);
  return lines.findLast((line) => /^[\w.]+(Error|Exception|Interrupt): /.test(line)) ?? lines.at(-1) ?? '';
}
