import { readFile, stat } from 'node:fs/promises';
import { InputError, type Problem } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import type { Plan, PlanDigests, SavedInput, Scope } from '../model/plan.ts';
import { planGrammar, planItems } from '../model/schema.ts';
import { sealOf } from './canonical.ts';

export type SavedPlan = Plan & { readonly saved: SavedInput };

const sealing = 'oriel plan seal';
const planVersion: Plan['version'] = 2;
/** Bytes; a plan of 500 nodes with 20 steps has about 10 MB. */
const maxBytes = 256 * 1024 * 1024;
/** Levels of arrays and objects; a plan has fewer than ten. */
const maxDepth = 32;
/** Problems told of one file, and characters of each: whoever wrote the file may have written anything. */
const maxShown = { problems: 5, characters: 300 };

/** A plan with what it was made from, and a seal that only who has the salt can make. */
export function seal(plan: Plan, site: string, scope: Scope, digests: PlanDigests, salt: string): SavedPlan {
  const { node, component, only } = scope;
  const asked = { ...(node && { node }), ...(component && { component }), ...(only && { only }) };
  const saved = { site, scope: asked, digests };
  return { ...plan, saved: { ...saved, seal: sealOf({ ...plan, saved }, salt, sealing) } };
}

/** Whether a plan is, to the last character of its data, the one that was sealed with this salt. */
export function isSealed(plan: SavedPlan, salt: string): boolean {
  const { seal: claimed, ...saved } = plan.saved;
  return sealOf({ ...plan, saved }, salt, sealing) === claimed;
}

/** Writes a plan, whole or not at all, for its owner alone. Throws InputError rather than replace what is not a plan. */
export async function writePlan(path: string, plan: SavedPlan): Promise<void> {
  const there = await textOf(path);
  if (there !== undefined && !looksLikePlan(there))
    throw refusal(path, 'is there already and is not a plan', 'name another file');
  await writeWhole(path, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
}

/**
 * The plan that a file holds, not yet compared with anything; undefined where the file is not a plan, or is not there. Throws
 * InputError where it is one and cannot be used: damaged, of another version, not saved to be applied.
 */
export async function readPlan(path: string): Promise<SavedPlan | undefined> {
  const text = await textOf(path);
  if (text === undefined || !looksLikePlan(text)) return undefined;
  const data = parsed(path, text);
  const { version } = data;
  if (typeof version === 'number' && version !== planVersion)
    throw refusal(
      path,
      `is a plan of version ${version}; this oriel knows version ${planVersion}`,
      version < planVersion ? 'save it again: oriel plan SITE --out FILE' : 'use the oriel that saved it',
    );
  assertItems(path, data);
  const { data: plan, error } = planGrammar.safeParse(data);
  if (error) throw new InputError(issuesOf(path, error.issues));
  const { saved } = plan;
  if (!saved) throw refusal(path, 'was printed and not saved', 'save one: oriel plan SITE --out FILE');
  return { ...plan, saved };
}

/** A site file is YAML; nothing in its grammar begins like this and has these keys. */
function looksLikePlan(text: string): boolean {
  return /^\s*\{/.test(text) && /"(saved|steps)"\s*:/.test(text);
}

async function textOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  if (found.size > maxBytes) throw refusal(path, `has ${found.size} bytes, more than any plan`);
  return readFile(path, 'utf8');
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refusal(path, `is a plan that is damaged: ${reason}`, 'save it again: oriel plan SITE --out FILE');
  }
  if (!isTame(data)) throw refusal(path, 'is not a plan: it is nested too deeply, or has a key `__proto__`');
  return data as Readonly<Record<string, unknown>>;
}

/** Level by level, so that no depth ends the program; what follows may then walk it by recursion. */
function isTame(data: unknown): boolean {
  let level: readonly unknown[] = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return false;
    const objects = level.filter((value) => typeof value === 'object' && value !== null);
    if (objects.some((value) => Object.hasOwn(value as object, '__proto__'))) return false;
    level = objects.flatMap((value) => Object.values(value as object));
  }
  return true;
}

/** Ends at the first item that is none: the errors of all of a small file of them would fill the memory. */
function assertItems(path: string, data: Readonly<Record<string, unknown>>): void {
  for (const [key, grammar] of Object.entries(planItems)) {
    const items = data[key];
    for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
      const { error } = grammar.safeParse(item);
      const issues = error?.issues.map((issue) => ({ ...issue, path: [key, index, ...issue.path] }));
      if (issues) throw new InputError(issuesOf(path, issues));
    }
  }
}

function issuesOf(
  path: string,
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): Problem[] {
  return issues.slice(0, maxShown.problems).map((issue) => ({
    message: `${path} is not a plan: ${issue.message.slice(0, maxShown.characters)}`,
    ...(issue.path.length > 0 && { path: issue.path.map(String).join('.').slice(0, maxShown.characters) }),
  }));
}

/** A InputError about a plan file. */
export function refusal(path: string, message: string, hint?: string): InputError {
  return new InputError([{ message: `${path} ${message.slice(0, 1_000)}`, ...(hint && { hint }) }]);
}
