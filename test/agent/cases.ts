import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Platform = 'windows' | 'wine' | 'simulated' | 'linux';
/** What runs the cases: a platform, or PowerShell for Windows in Wine, which is Windows to the agent and Wine to its programs. */
export type Subject = Platform | 'powershell-in-wine';

/** One exchange: what goes to the agent and what its answer has to look like (test/cases/agent/README.md). */
export interface ContractCall {
  readonly send?: { readonly call: string; readonly [parameter: string]: unknown };
  readonly raw?: string;
  readonly expect: { readonly result: unknown } | { readonly error: unknown };
  readonly progress?: readonly unknown[];
  readonly within?: number;
}

export interface ContractCase {
  readonly file: string;
  readonly name: string;
  readonly platform: readonly Platform[];
  /** Why PowerShell for Windows does not pass the case in Wine. */
  readonly notInWine?: string;
  readonly calls: readonly ContractCall[];
}

export type Variables = { readonly [name: string]: string | number };

const folder = join(import.meta.dirname, '..', 'cases', 'agent');

/** Every case of test/cases/agent, in the order of the file names. */
export function contractCases(): readonly ContractCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<ContractCase, 'file'>[]).map((one) => ({
        file: name.replace('.json', ''),
        ...one,
      })),
    );
}

/** Whether a case is for a subject; that of PowerShell in Wine are all for Windows and for Wine but those that are marked. */
export function isFor({ platform, notInWine }: ContractCase, subject: Subject): boolean {
  if (subject !== 'powershell-in-wine') return platform.includes(subject);
  return notInWine === undefined && (platform.includes('windows') || platform.includes('wine'));
}

/**
 * Puts variables in place of `${name}` everywhere in `value`. A string that is one variable becomes its value, a string that
 * begins with `${root}` is a path and gets the separator of the platform. Throws on a variable that nobody set.
 */
export function fillIn(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillString(value, variables);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, variables));
  if (value === null || typeof value !== 'object') return value;
  if ('$base64OfZeros' in value) return Buffer.alloc(Number(value.$base64OfZeros)).toString('base64');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, variables)]));
}

function fillString(text: string, variables: Variables): string | number {
  const whole = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole, variables);
  const path = /^\$\{root\}/.test(text) && variables.separator === '/' ? text.replaceAll('\\', '/') : text;
  return path.replace(/\$\{(\w+)\}/g, (_, name: string) => String(lookUp(name, variables)));
}

function lookUp(name: string, variables: Variables): string | number {
  const value = variables[name];
  if (value === undefined) throw new TypeError(`the case uses \${${name}}, which nobody set`);
  return value;
}
