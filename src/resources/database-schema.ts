import type { Explanation, Failure, Resource } from './resource.ts';

export interface DatabaseSchema {
  /** The program that manages the schema, and its arguments before `db check` and `db sync`. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** Name of the detached migration: the same for the same program and database. */
  readonly run: string;
  /** Where the agent keeps the output of that run, on the node. */
  readonly log: string;
  /** Seconds. */
  readonly timeout: number;
}

/** What `glance-manage db check` says by its exit code (glance/cmd/manage.py). */
const meaning: Readonly<Record<number, string>> = {
  0: 'current',
  3: 'expand needed',
  4: 'migrate needed',
  5: 'contract needed',
};

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * The schema of a database that several nodes share; declared on one of them, because glance-manage takes no lock.
 * The migration runs detached: MySQL cannot roll a half-made one back, so a lost link must not end it.
 */
export const databaseSchema: Resource<DatabaseSchema> = {
  kind: 'database-schema',
  does: 'run',
  reasons: { migrating: 'is still being migrated' },
  desired: () => ({ schema: 'current', migrating: false }),
  observe: (wanted) => [
    { call: 'Get-DetachedProcess', name: wanted.run },
    {
      call: 'Invoke-Process',
      file: wanted.file,
      arguments: [...wanted.arguments, 'db', 'check'],
      timeout: 120,
    },
  ],
  read(_, [run, check]) {
    const { exitCode, stdout, stderr, timedOut } = check as Ended;
    const schema = meaning[exitCode];
    if (schema !== undefined && !timedOut)
      return { schema, migrating: (run as { state: string }).state === 'running' };
    const how = timedOut ? 'did not end' : `ended with exit code ${exitCode}`;
    const said = reasonIn(stderr) || reasonIn(stdout) || 'it said nothing';
    const unreadable = `db check ${how}: ${said}`;
    if (!timedOut && !/OperationalError|connect|denied/i.test(said)) return { unreadable };
    const remedy = 'see that the node reaches the database and that its name and password are right';
    return { unreadable, remedy };
  },
  change: (wanted) => [
    {
      do: 'detached',
      says: 'brings the database schema up to date',
      name: wanted.run,
      file: wanted.file,
      arguments: [...wanted.arguments, 'db', 'sync'],
      timeout: wanted.timeout,
      success: [0],
      log: wanted.log,
    },
  ],
  explain: (_, failure) => explain(failure),
};

function explain({ message, log }: Failure): Explanation {
  const said = log.findLast((line) => /error|exception|denied/i.test(line)) ?? log.at(-1);
  return {
    cause: said === undefined ? message : `${message}: ${said.trim()}`,
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
