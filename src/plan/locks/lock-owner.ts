import { hostname } from 'node:os';
import { z } from 'zod';
import { hasSign, ownSign } from './sign-of-life.ts';

/** Who holds a lock. */
export interface Owner {
  readonly pid: number;
  /** What tells the process from a later one with the same id (sign-of-life.ts). Null where there is nothing. */
  readonly began: string | null;
  readonly host: string;
  readonly verb: string;
  /** ISO 8601. */
  readonly since: string;
}

const short = z.string().max(200);
const ownerGrammar = z.object({
  pid: z.int().positive(),
  began: short.nullable(),
  host: short,
  verb: short,
  since: z.iso.datetime(),
}) satisfies z.ZodType<Owner>;

/** Asks whether a lock whose owner may still be alive is to be broken. */
export type BreakLock = (question: string) => Promise<boolean>;

/** The owner that the text of a lock names; undefined where none of us wrote it. */
export function parseOwner(text: string): Owner | undefined {
  try {
    return ownerGrammar.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** This process as the owner of a lock. */
export async function ourselves(verb: string): Promise<Owner> {
  const began = await ownSign();
  return { pid: process.pid, began, host: hostname(), verb, since: new Date().toISOString() };
}

/** `oriel apply, process 7 on desk, since 2026-01-02T03:04:05.000Z (12 min)`. */
export function describeOwner({ pid, host, verb, since }: Owner): string {
  return `oriel ${verb}, process ${pid} on ${host}, since ${since} (${ageOf(since)})`;
}

function ageOf(since: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
}

/** A process of another machine (a shared folder) cannot be looked at, so it counts as alive. */
export async function isAlive({ pid, began, host }: Owner): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return hasSign(pid, began);
}
