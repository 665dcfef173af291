import { z } from 'zod';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Text } from '../../site/deployment.ts';
import { base64Of, hexOf, saltedDigest } from '../file/resource.ts';
import type { Resource, Work } from '../model/resource.ts';
import { packagePath } from '../package/resource.ts';

const short = z.string().min(1).max(200);
const generationGrammar = z.object({
  /** Name of its file, without `.json`. */
  name: short.regex(/^[\w.-]+$/),
  release: short,
  version: short,
  productCode: short,
  upgradeCode: short,
  /** SHA-256 of the package, which stays where it was brought to. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Names of its configuration files. */
  files: z.array(short.regex(/^[\w.-]+$/)).max(50),
});
const filesGrammar = z.object({ files: z.array(z.object({ name: short, content: z.base64() })).max(50) });
const indexGrammar = z.object({ generations: z.array(generationGrammar).max(50) });

/** A package with its configuration that a node served with, as the node's index names it. */
export type Generation = z.infer<typeof generationGrammar>;

export interface RetentionSpec {
  /** Folder on the node for all generations; each is one file with the content of all its configuration files. */
  readonly directory: string;
  /** Folder on the node and name of its packages (see package.ts). */
  readonly packages: string;
  readonly packageName: string;
  readonly generation: Omit<Generation, 'name' | 'files'>;
  readonly files: readonly { readonly name: string; readonly content: Text }[];
  /** The same for the same package and configuration, on every controller; tells of their content. */
  readonly key: Text;
  /** Of the digests in plans: unknown to others. */
  readonly salt: string;
  /** How many are kept. */
  readonly limit: number;
}

/**
 * The package and configuration that a node serves well with, kept on it to go back to, the newest first. The key of the newest
 * is written last and taken away first, so that a half-kept one does not count.
 */
export const generation: Resource<RetentionSpec> = {
  kind: 'generation',
  reasons: { latest: 'what it serves with now is not kept yet' },
  desired: ({ key, salt }) => ({ latest: saltedDigest(key, salt) }),
  observe: ({ directory, salt }) => [
    { call: 'Get-FileState', path: keyPath(directory), salt: hexOf(salt) },
    { call: 'Get-FileContent', path: indexPath(directory) },
  ],
  read({ directory }, [key, index]) {
    const { digest } = key as AgentResults['Get-FileState'];
    const kept = readIndex(index);
    if (kept) return { latest: digest ?? null, kept };
    return {
      unreadable: `${indexPath(directory)} does not say what is kept`,
      remedy: 'somebody changed it: look at it, and remove it',
    };
  },
  change(spec, observed) {
    const { directory, files, key } = spec;
    const made = nameOf(spec);
    const before = (observed.kept ?? []) as readonly Generation[];
    const all = [made, ...before.filter((one) => one.name !== made.name)];
    const kept = all.slice(0, spec.limit);
    const set = (path: string, content: Text): Work => {
      const call = { call: 'Set-File', path, content: base64Of(content) };
      return { do: 'call', description: `keeps ${path}`, call };
    };
    return [
      remove(keyPath(directory)),
      set(filesPath(directory, made), contentsOf(files)),
      set(indexPath(directory), `${JSON.stringify({ generations: kept }, null, 2)}\n`),
      ...pruned(spec, all.slice(spec.limit), kept),
      set(keyPath(directory), key),
    ];
  },
};

/** What the answer to `Get-FileContent` of an index says is kept, newest first; undefined where it is not an index. */
export function readIndex(answer: unknown): readonly Generation[] | undefined {
  const { exists, content = '' } = answer as AgentResults['Get-FileContent'];
  if (!exists) return [];
  try {
    return indexGrammar.parse(JSON.parse(Buffer.from(content, 'base64').toString('utf8'))).generations;
  } catch {
    return undefined;
  }
}

/** What the answer to `Get-FileContent` of a generation's file holds: its configuration files; undefined where it is none. */
export function readFiles(answer: unknown): readonly { name: string; content: Buffer }[] | undefined {
  const { content = '' } = answer as AgentResults['Get-FileContent'];
  try {
    const { files } = filesGrammar.parse(JSON.parse(Buffer.from(content, 'base64').toString('utf8')));
    return files.map((file) => ({ name: file.name, content: Buffer.from(file.content, 'base64') }));
  } catch {
    return undefined;
  }
}

export function indexPath(directory: string): string {
  return `${directory}\\index.json`;
}

export function filesPath(directory: string, { name }: Pick<Generation, 'name'>): string {
  return `${directory}\\${name}.json`;
}

function contentsOf(files: RetentionSpec['files']): string {
  return JSON.stringify({ files: files.map(({ name, content }) => ({ name, content: base64Of(content) })) });
}

function keyPath(directory: string): string {
  return `${directory}\\latest.key`;
}

/** The name tells apart what has the same version, and nothing of the content. */
function nameOf({ generation: made, files, key, salt }: RetentionSpec): Generation {
  const name = `${made.version}-${saltedDigest(key, salt).slice(0, 12)}`;
  return { name, ...made, files: files.map((file) => file.name) };
}

function pruned(
  { directory, packages, packageName }: RetentionSpec,
  outdated: readonly Generation[],
  kept: readonly Generation[],
): readonly Work[] {
  return outdated.flatMap((one) => {
    const shared = kept.some(({ sha256 }) => sha256 === one.sha256);
    const path = packagePath({ ...one, name: packageName, directory: packages });
    return [remove(filesPath(directory, one)), ...(shared ? [] : [remove(path)])];
  });
}

function remove(path: string): Work {
  return { do: 'call', description: `removes ${path}`, call: { call: 'Remove-Path', path } };
}
