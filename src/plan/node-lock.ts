import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CallError, ResourceError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import { describeOwner, isAlive, type Owner, ourselves } from './lock-owner.ts';
import type { Reached } from './make-plan.ts';
import type { Plan } from './plan.ts';

/**
 * A directory: moving one to a name that is taken fails (docs/agent-protocol.md), so only one of several controllers gets
 * the name, and it never stands for a lock without an owner.
 */
const place = 'C:\\ProgramData\\oriel\\lock';
const fileIn = (directory: string): string => `${directory}\\owner.json`;

const short = z.string().max(200);
const ownerGrammar = z.object({
  pid: z.int(),
  began: short.nullable(),
  host: short,
  verb: short,
  since: z.iso.datetime(),
}) satisfies z.ZodType<Owner>;

/** Asks whether a lock whose owner may still be alive is to be broken. */
export type BreakLock = (question: string) => Promise<boolean>;

/** Sessions of the nodes that a plan changes something on; the others are not even locked. */
export function sessionsToChange({ steps }: Plan, reached: Reached): readonly Session[] {
  const nodes = new Set(steps.filter(({ action }) => action !== 'none').map(({ node }) => node));
  return [...reached].flatMap(([node, session]) =>
    nodes.has(node) && !(session instanceof Error) ? [session] : [],
  );
}

/**
 * Takes the locks of nodes for as long as `body` takes, so that controllers with other journals keep away. The lock of a
 * process of this machine that is gone is taken over. Throws ResourceError with owner and age where somebody holds one.
 */
export async function withNodeLocks<Result>(
  sessions: readonly Session[],
  verb: string,
  breakLock: BreakLock | undefined,
  body: () => Promise<Result>,
): Promise<Result> {
  const owner = await ourselves(verb);
  const held: Session[] = [];
  try {
    for (const session of sessions) {
      await takeNode(session, owner, breakLock);
      held.push(session);
    }
    return await body();
  } finally {
    // A link that is gone leaves the lock behind; the next run finds that its owner is gone too.
    await Promise.allSettled(held.map((session) => release(session, owner)));
  }
}

async function takeNode(session: Session, owner: Owner, breakLock: BreakLock | undefined): Promise<void> {
  const mine = `${place}.${randomUUID()}`;
  const content = Buffer.from(JSON.stringify(owner), 'utf8').toString('base64');
  await session.call({ call: 'Set-File', path: fileIn(mine), content });
  try {
    while (!(await moved(session, mine, place))) {
      const holder = await ownerOf(session, place);
      if (holder && (await isAlive(holder)) && !(await breakLock?.(questionOf(session, holder))))
        throw refusal(session, holder);
      await moveAside(session, `${mine}.stale`, holder);
    }
  } finally {
    await remove(session, mine);
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
    await session.call({ call: 'Move-Item', path, destination });
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
    const { lines } = await session.call<{ lines: readonly string[] }>(call);
    return ownerGrammar.safeParse(JSON.parse(String(lines[0]))).data;
  } catch (error) {
    if (error instanceof CallError && error.kind === 'PathNotFound') return undefined;
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

async function remove(session: Session, path: string): Promise<void> {
  await session.call({ call: 'Remove-Item', path, recurse: true });
}

function questionOf({ node }: Session, holder: Owner): string {
  return `${node} is held by ${describeOwner(holder)}. Break its lock?`;
}

function refusal({ node }: Session, holder: Owner): ResourceError {
  const remedy =
    'Wait for its end. If that process is gone for certain: oriel apply --break-lock, which asks';
  return new ResourceError(node, 'lock', `another run holds the node: ${describeOwner(holder)}`, remedy);
}
