import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { CallError, LockError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Session } from '../../session/session.ts';
import { belowRoot } from '../../windows-root.ts';
import type { Plan } from '../model/plan.ts';
import { type Connections, nodeSessions } from '../observe/make-plan.ts';
import { type BreakLock, describeOwner, isAlive, type Owner, ourselves, parseOwner } from './lock-owner.ts';

/**
 * A directory: moving one to a name that is taken fails (docs/reference/nodes/agent-protocol.md), so only one of several controllers gets
 * the name, and it never stands for a lock without an owner.
 */
const place = belowRoot('lock');
const fileIn = (directory: string): string => `${directory}\\owner.json`;

export interface NodeLocks {
  readonly connections: Connections;
  /** What is about to be done: only nodes that it changes are locked. */
  readonly plan: Plan;
  readonly verb: string;
  /** Path of the deployment's own lock, which this process holds: it tells controllers of one machine apart. */
  readonly lock: string;
  readonly breakLock?: BreakLock | undefined;
  /** Told of nodes that are left out. */
  readonly emit: Emit;
}

/** More tries than there are controllers that could want one node at a time. */
const maxTries = 50;

/** Where a controller prepares its lock of a node, and where it puts one that it takes away. */
interface Places {
  readonly mine: string;
  readonly aside: string;
}

/**
 * Takes the locks of nodes for as long as `body` takes, so that controllers with other journals keep away. The lock of a
 * process of this machine that is gone is taken over, and taken away from nodes that need no change. A node that does not let itself be
 * locked is left out: `body` has its error in place of its session. Throws LockError with owner and age where somebody holds one.
 */
export async function withNodeLocks<Result>(
  { connections, plan, verb, lock, breakLock, emit }: NodeLocks,
  body: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const owner = await ourselves(verb);
  const places = placesOf(owner, lock);
  const { pending, unchanged } = sessionsOf(plan, connections);
  const held: Session[] = [];
  const away = new Map<string, SessionError | CallError>();
  const take = async (session: Session): Promise<void> => {
    try {
      await takeNode(session, owner, places, breakLock);
      held.push(session);
    } catch (error) {
      if (!(error instanceof SessionError || error instanceof CallError)) throw error;
      away.set(session.node, error);
      emit({ kind: 'node-failed', node: session.node, message: `it cannot be locked: ${error.message}` });
    }
  };
  try {
    await Promise.allSettled(unchanged.map((session) => sweep(session, places)));
    // Of two controllers that begin at once one gets the first node, and the other leaves the rest alone.
    const others = [...pending];
    while (held.length === 0 && others.length > 0) await take(others.shift() as Session);
    await allOf(others.map(take));
    return await body(new Map([...connections].map(([name, one]) => [name, away.get(name) ?? one])));
  } finally {
    // A link that is gone leaves the lock behind; the next run finds that its owner is gone too.
    await Promise.allSettled(held.map((session) => release(session, owner)));
  }
}

function sessionsOf(
  { steps }: Plan,
  connections: Connections,
): { readonly pending: readonly Session[]; readonly unchanged: readonly Session[] } {
  const changing = new Set(steps.filter(({ action }) => action !== 'none').map(({ node }) => node));
  const sessions = nodeSessions(connections);
  return {
    pending: sessions.filter(({ node }) => changing.has(node)),
    unchanged: sessions.filter(({ node }) => !changing.has(node)),
  };
}

/** The same names in every run of one controller, so that what a killed one left is found. */
function placesOf({ host }: Owner, lock: string): Places {
  const id = createHash('sha256')
    .update(`${host}\0${resolve(lock)}`)
    .digest('hex')
    .slice(0, 16);
  return { mine: `${place}.${id}`, aside: `${place}.${id}.stale` };
}

/** Waits for all of them, and throws the first reason. */
async function allOf(all: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function takeNode(
  session: Session,
  owner: Owner,
  { mine, aside }: Places,
  breakLock: BreakLock | undefined,
): Promise<void> {
  await remove(session, aside);
  const content = Buffer.from(JSON.stringify(owner), 'utf8').toString('base64');
  await session.call({ call: 'Set-File', path: fileIn(mine), content });
  try {
    for (let tries = 1; !(await moved(session, mine, place)); tries += 1) {
      if (tries > maxTries) throw neverWon(session);
      const holder = await ownerOf(session, place);
      if (holder && (await isAlive(holder)) && !(await breakLock?.(questionOf(session, holder))))
        throw refusal(session, holder);
      await moveAside(session, aside, holder);
    }
  } finally {
    await remove(session, mine).catch(() => {});
  }
}

function neverWon({ node }: Session): SessionError {
  return new SessionError(
    node,
    'protocol',
    `the lock of the node is not to be had: ${place} is taken at each of ${maxTries} tries, and by nobody who lives`,
    `Look at ${place} on the node, and remove it where no other controller is at work.`,
  );
}

/** Takes away what a run of this machine that was killed left on a node; looks first, as there is nothing nearly always. */
async function sweep(session: Session, { mine, aside }: Places): Promise<void> {
  const holder = await ownerOf(session, place);
  if (holder && !(await isAlive(holder))) await moveAside(session, aside, holder);
  for (const left of [mine, aside]) {
    const state = await session.call<AgentResults['Get-FileState']>({
      call: 'Get-FileState',
      path: fileIn(left),
    });
    if (state.kind !== 'absent') await remove(session, left);
  }
}

/** Takes away a lock whose owner is gone; where meanwhile another one had replaced it, that one is put back. */
async function moveAside(session: Session, aside: string, stale: Owner | undefined): Promise<void> {
  if (!(await moved(session, place, aside))) return;
  const found = await ownerOf(session, aside);
  if (found && JSON.stringify(found) !== JSON.stringify(stale)) await moved(session, aside, place);
  await remove(session, aside);
}

async function release(session: Session, owner: Owner): Promise<void> {
  const holder = await ownerOf(session, place);
  if (JSON.stringify(holder) === JSON.stringify(owner)) await remove(session, place);
}

/** False: something has that name already, or what was to be moved is gone. */
async function moved(session: Session, path: string, destination: string): Promise<boolean> {
  try {
    await session.call({ call: 'Move-Path', path, destination });
    return true;
  } catch (error) {
    if (error instanceof CallError && (error.kind === 'PathExists' || error.kind === 'PathNotFound'))
      return false;
    throw error;
  }
}

/** Undefined where there is none, or where what stands there was not written by us. */
async function ownerOf(session: Session, directory: string): Promise<Owner | undefined> {
  try {
    const call = { call: 'Get-FileTail', path: fileIn(directory), lines: 1 };
    const { lines } = await session.call<AgentResults['Get-FileTail']>(call, { cleansUp: true });
    return parseOwner(String(lines[0]));
  } catch (error) {
    if (error instanceof CallError && error.kind === 'PathNotFound') return undefined;
    throw error;
  }
}

async function remove(session: Session, path: string): Promise<void> {
  await session.call({ call: 'Remove-Path', path, recurse: true }, { cleansUp: true });
}

function questionOf({ node }: Session, holder: Owner): string {
  return `${node} is held by ${describeOwner(holder)}. Break its lock?`;
}

function refusal({ node }: Session, holder: Owner): LockError {
  const owner = describeOwner(holder);
  const remedy =
    'Wait for its end. If that process is gone for certain: oriel apply --break-lock, which asks';
  return new LockError(node, owner, `another run holds the node: ${owner}`, remedy);
}
