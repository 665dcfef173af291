import { stat } from 'node:fs/promises';
import { BuildError } from '../../errors.ts';
import { run } from '../../process.ts';
import { siteFile } from '../grammar/site-file.ts';
import { plain } from '../yaml/located.ts';
import { readSource } from '../yaml/source.ts';
import { parseYaml } from '../yaml/yaml.ts';

/** Answers a name with its value, or with why it has none, in words for `tried: ...`. */
export type SecretSource = (name: string) => Promise<{ readonly value: string } | { readonly none: string }>;

export type Environment = Readonly<Record<string, string | undefined>>;

const timeoutMs = 30_000;
/** No password comes near, and a key in PEM neither. */
const maxBytes = 256 * 1024;
const everyExitCode = [...Array(256).keys()];

/** Variables: prefix, then the name in capitals with `_` for what is neither letter nor digit. An empty one has no value. */
export function environmentSource(prefix: string, env: Environment): SecretSource {
  return async (name) => {
    const variable = prefix + name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
    const value = env[variable];
    return value ? { value } : { none: `${variable} is not set` };
  };
}

/** A YAML file of names and values. `path` is absolute; `written` is what messages call it. */
export function fileSecretSource(path: string, written: string): SecretSource {
  let values: Promise<ReadonlyMap<string, unknown> | { readonly none: string }> | undefined;
  return async (name) => {
    values ??= readValues(path, written);
    const read = await values;
    if ('none' in read) return read;
    const value = read.get(name);
    if (typeof value === 'string' && value) return { value };
    return {
      none: value === undefined ? `${written} does not have it` : `${written} has it, but not as text`,
    };
  };
}

async function readValues(path: string, written: string) {
  const source = await readSource(path, written);
  if ('message' in source) return { none: `${written} ${source.message}` };
  const { root, problems } = parseYaml(source, siteFile);
  const [problem] = problems;
  if (problem || !root)
    return {
      none: `${written}:${problem?.position?.line}:${problem?.position?.column}: ${problem?.message}`,
    };
  return new Map(Object.entries(plain(root) as Record<string, unknown>));
}

/**
 * Whose hands beside ours a file is in: others can use it, or it is the file of another user, who can read and change it. Undefined: nobody's; no
 * file, or a system without such modes. The files of root are read by all who may.
 */
export async function exposureOf(path: string): Promise<'others' | 'owner' | undefined> {
  const ours = process.getuid?.();
  if (process.platform === 'win32' || ours === undefined) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  if ((found.mode & 0o077) !== 0) return 'others';
  return found.uid === ours || found.uid === 0 ? undefined : 'owner';
}

/**
 * A program that prints the value of the name that replaces `{name}` in its arguments; one newline at the end does not
 * count. Nothing it prints reaches a message: it could be the secret.
 */
export function commandSource(command: readonly string[], directory: string, env: Environment): SecretSource {
  const [file = '', ...args] = command;
  return async (name) => {
    const filled = args.map((argument) => argument.replaceAll('{name}', name));
    try {
      const { exitCode, stdout } = await run(file, filled, {
        ofUser: true,
        cwd: directory,
        env,
        timeout: timeoutMs,
        maxBytes,
        accept: everyExitCode,
      });
      if (exitCode !== 0) return { none: `\`${file}\` ended with exit code ${exitCode}` };
      const value = stdout.replace(/\r?\n$/, '');
      return value ? { value } : { none: `\`${file}\` printed nothing` };
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      return { none: error.message };
    }
  };
}
