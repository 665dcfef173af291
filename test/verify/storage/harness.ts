import { CallError } from '../../../src/errors.ts';
import type { AgentCall, Session } from '../../../src/session/session.ts';
import type { Share, StorageLimits } from '../../../src/site/deployment.ts';
import { type Check, type CheckOutcome, type CheckResult, checkId, pass } from '../../../src/verify/check.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import { storageCheckList } from '../../../src/verify/checks/storage/list.ts';
import type { Side, StorageCheck, StorageUse } from '../../../src/verify/checks/storage/model/check.ts';
import { nameOf } from '../../../src/verify/checks/storage/model/read.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { checkedSession } from '../../fixtures/checked-session.ts';
import { aDeployment, images, storageLimits } from '../../fixtures/deployment.ts';

/** What a node answers, by cmdlet, program or call; a function gets the call; an Error is thrown. */
export type AnswerTable = Readonly<Record<string, unknown>>;

export interface Case {
  readonly title: string;
  /** In place of the healthy answers. */
  readonly answers?: AnswerTable;
  readonly share?: Partial<Share>;
  readonly limits?: Partial<StorageLimits>;
  readonly verdict: CheckResult['verdict'];
  readonly message?: RegExp;
  readonly remedy?: RegExp;
}

/** A check, what a healthy node answers it, and what each kind of trouble makes of it. */
export interface CheckTable {
  readonly check: string;
  readonly side: Side;
  readonly healthy: AnswerTable;
  readonly share?: Partial<Share>;
  readonly cases: readonly Case[];
  /** Calls that say by an empty answer that nothing is wrong, beside others that prove that somebody looked. */
  readonly mayBeEmpty?: readonly string[];
  /** Calls whose error is no trouble. */
  readonly mayFail?: readonly string[];
  /** Properties that are shown, and on which nothing depends. */
  readonly shown?: readonly string[];
  /** It is about all that there are, whatever they are called. */
  readonly anyName?: true;
}

export const node = { client: 'glance-1', server: 'sofs1-1' } as const;

export const uses: readonly StorageUse[] = ['glance-1', 'glance-2'].map((name) => ({
  node: name,
  component: 'glance',
  share: 'images',
  account: 'LocalSystem',
  configuration: {
    path: 'C:\\ProgramData\\oriel\\glance\\etc\\glance-api.conf',
    section: 'images',
    option: 'filesystem_store_datadir',
  },
}));

export function checkOf(id: string): StorageCheck {
  const found = storageCheckList.find((check) => check.id === id);
  if (!found) throw new Error(`there is no check ${id}`);
  return found;
}

/** Two image services and one storage node; the share is that of the fixture, changed. */
export function deploymentOf(share: Partial<Share> = {}, limits: Partial<StorageLimits> = {}) {
  return aDeployment()
    .withNode('glance-1')
    .withNode('glance-2')
    .withNode('sofs1-1', { roles: ['storage'] })
    .with({
      shares: { images: { ...images, access: [], ...share } },
      limits: { ...storageLimits, ...limits },
    })
    .build();
}

/** What one check says on one node that answers so; what the check needs is left out. */
export async function outcomeOf(
  table: Pick<CheckTable, 'check' | 'side'>,
  answers: AnswerTable,
  share?: Partial<Share>,
  limits?: Partial<StorageLimits>,
): Promise<CheckOutcome> {
  const deployment = deploymentOf(share, limits);
  const probed = uses.map(({ node: user }) => proven(user));
  const ids = probed.map(({ id }) => id);
  const all = storageChecks(deployment, uses).map((check) => ({
    ...check,
    needs: check.needs.filter((id) => ids.includes(id)),
  }));
  const own = all.find((check) => check.node === node[table.side] && check.id.split('/')[2] === table.check);
  if (!own) throw new Error(`${table.check} does not run on ${node[table.side]}`);
  const connections = new Map(deployment.nodes.map(({ name }) => [name, sessionOf(name, answers)]));
  const signal = new AbortController().signal;
  const results = await runChecks([...probed, own], { connections, emit: () => {}, signal });
  const result = results.at(-1);
  if (!result) throw new Error('no result');
  return result;
}

/** What the probe of a node leaves for the checks that need it. */
export const heldBy = (user: string) => ({
  computer: user.toUpperCase(),
  held: `.oriel-probe-${user}-00.held`,
  heldSha256: user === 'glance-1' ? 'a'.repeat(64) : 'b'.repeat(64),
  rate: 54,
});

function proven(user: string): Check {
  const id = checkId(user, 'storage', 'STO-27', 'images');
  return { id, node: user, title: '', why: '', needs: [], run: async () => pass('', heldBy(user)) };
}

export function sessionOf(name: string, answers: AnswerTable): Session {
  const never = () => Promise.reject(new Error('no files'));
  return checkedSession({
    node: name,
    kind: 'node',
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    call: async <Result>(call: AgentCall): Promise<Result> => {
      const own = nameOf(call);
      if (own === 'Get-Facts') return { ...facts, ...(answers['Get-Facts'] as object) } as Result;
      const answer = answers[own];
      if (answer === undefined) throw new CallError(name, own, 'CommandNotFoundException', `no ${own}`);
      const told = typeof answer === 'function' ? answer(call) : answer;
      if (told instanceof Error) throw told;
      return selected(call, told) as Result;
    },
    put: never,
    get: never,
    close: async () => {},
  });
}

/** Rows as the agent sends them: with the properties that were asked for. */
function selected(call: AgentCall, answer: unknown): unknown {
  if (call.call !== 'Invoke-Cmdlet' || !Array.isArray(answer)) return answer;
  const select = call.select as readonly string[];
  return answer.map((row) =>
    Object.fromEntries(select.flatMap((key) => (key in row ? [[key, row[key]]] : []))),
  );
}

export function refused(message: string, kind = 'PermissionDenied'): CallError {
  return new CallError('node', 'call', kind, message);
}

export const facts = {
  ...{ computer: 'SOFS1-1', os: 'Windows Server', osVersion: '10.0.20348', powershell: '5.1' },
  ...{ architecture: 'AMD64', platform: 'windows', user: 'EXAMPLE\\oriel', elevated: true },
  ...{ pendingReboot: false, freeBytes: 1, time: '2026-12-01T00:00:00Z', timeZone: 'UTC' },
};

/** Rows with other properties: `changed(rows, { State: 'Down' })` changes the first. */
export function changed(rows: unknown, change: object, index = 0): unknown {
  return (rows as readonly object[]).map((row, at) => (at === index ? { ...row, ...change } : row));
}
