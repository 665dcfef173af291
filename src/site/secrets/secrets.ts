import { InternalError } from '../../errors.ts';
import { knownSecret, Secret } from '../../secret.ts';
import type { YamlFinding } from '../yaml/finding.ts';
import type { KeyPath } from '../yaml/rule.ts';
import type { SecretSource } from './secret-source.ts';

export type Secrets = ReadonlyMap<string, Secret>;

interface Mention {
  readonly name: string;
  readonly path: KeyPath;
}

/** Every `{ secret: NAME }` in plain data, and where. */
export function mentions(data: unknown, path: KeyPath = []): readonly Mention[] {
  if (typeof data !== 'object' || data === null) return [];
  const name = secretNameOf(data);
  if (name !== undefined) return [{ name, path }];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(data)
    ? [...data.entries()]
    : Object.entries(data);
  return entries.flatMap(([key, value]) => mentions(value, [...path, key]));
}

/** NAME of `{ secret: NAME }`; undefined for anything else. */
export function secretNameOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('secret' in data)) return undefined;
  return Object.keys(data).length === 1 && typeof data.secret === 'string' ? data.secret : undefined;
}

/** The Secret of a `{ secret: NAME }` of a site that was checked. */
export function secretOf({ secrets }: { readonly secrets: Secrets }, mention: unknown): Secret {
  const secret = secrets.get(secretNameOf(mention) ?? '');
  if (!secret)
    throw new InternalError(`a secret was mentioned and not asked for: ${JSON.stringify(mention)}`);
  return secret;
}

/** Secrets that stand for their names only: whoever holds them can show where they go and not what they are. */
export function placeholders(data: unknown): Secrets {
  return new Map(mentions(data).map(({ name }) => [name, new Secret(name, `[secret:${name}]`)]));
}

/**
 * Asks `sources`, in order, for every secret that `data` mentions at a `wanted` place; the first that has a name wins. What no source has is a
 * finding at each place that mentions it, with what every source said.
 */
export async function resolveSecrets(
  data: unknown,
  sources: readonly SecretSource[],
  isNeeded: (path: KeyPath) => boolean = () => true,
): Promise<{ secrets: Secrets; findings: readonly YamlFinding[] }> {
  const all = mentions(data).filter(({ path }) => isNeeded(path));
  const answers = new Map(
    await Promise.all(
      [...new Set(all.map(({ name }) => name))].map(
        async (name) => [name, await readSecret(name, sources)] as const,
      ),
    ),
  );
  const secrets = new Map<string, Secret>();
  for (const [name, { value }] of answers)
    if (value !== undefined) secrets.set(name, knownSecret(name, oneLine(value)));
  const findings = all.flatMap(({ name, path }): readonly YamlFinding[] => {
    if (secrets.has(name)) return lineEnds(name, answers.get(name)?.value ?? '', path);
    const tried = answers.get(name)?.tried.join('; ') || 'no sources are named under `secrets`';
    return [{ path, message: `no source has the secret \`${name}\``, hint: `tried: ${tried}` }];
  });
  return { secrets, findings };
}

/** A value that is one line, without the line end that an editor or a block of YAML put behind it; others as they are (keys). */
function oneLine(value: string): string {
  const bare = value.replace(/\r?\n$|\r$/, '');
  return /[\r\n]/.test(bare) ? value : bare;
}

/** What is to be said of line ends in a secret that is no key: a password with one is never the right one. */
function lineEnds(name: string, value: string, path: KeyPath): readonly YamlFinding[] {
  if (!/[\r\n]/.test(value) || value.includes('-----BEGIN ')) return [];
  if (!/[\r\n]/.test(oneLine(value)))
    return [
      { path, message: `the secret \`${name}\` ends with a line end, which is left out`, warning: true },
    ];
  const hint = 'take it out where the value comes from; a file from Windows has carriage returns';
  return [{ path, message: `the secret \`${name}\` has a line end in it`, hint }];
}

async function readSecret(
  name: string,
  sources: readonly SecretSource[],
): Promise<{ value?: string; tried: readonly string[] }> {
  const tried: string[] = [];
  for (const source of sources) {
    const answer = await source(name);
    if ('value' in answer) return { value: answer.value, tried };
    tried.push(answer.none);
  }
  return { tried };
}
