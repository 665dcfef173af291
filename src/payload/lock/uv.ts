import { existsSync } from 'node:fs';
import { dataFile } from '../../data-files.ts';
import { BuildError } from '../../errors.ts';
import { type ProcessOptions, type ProcessResult, run } from '../../process.ts';

/** The payload's platform as uv calls it. */
export const platform = 'x86_64-pc-windows-msvc';

/** `uv` to run: `ORIEL_UV`, the one in the repository's `.venv`, or `uv` on the PATH. Throws BuildError when there is none. */
export async function findUv(): Promise<string> {
  const local = dataFile('.venv', 'bin', 'uv');
  const file = process.env.ORIEL_UV || (existsSync(local) ? local : 'uv');
  try {
    await run(file, ['--version']);
    return file;
  } catch (cause) {
    throw new BuildError(
      `cannot run ${file}: the Python packages of a payload are resolved and installed with uv`,
      'install it (python3 -m venv .venv && .venv/bin/pip install uv), or set ORIEL_UV to its path',
      { cause },
    );
  }
}

/** Runs uv so that nothing but its arguments, its cache and the user's own settings decide what it does. */
export async function runUv(
  file: string,
  args: readonly string[],
  options: ProcessOptions & { readonly cache: string },
): Promise<ProcessResult> {
  const { cache, ...rest } = options;
  // An own cache: uv keeps wheels built from source archives there, and those must come from our build tools alone.
  const env = {
    UV_CACHE_DIR: cache,
    // pbr writes the state of the git repository around it into what it builds.
    GIT_CEILING_DIRECTORIES: cache,
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
    ...rest.env,
  };
  return run(file, args, { ...rest, env });
}

/** The arguments that stand for `payload.index`: `default` (as uv is set up), a URL, or a folder of wheels (nothing else is asked). */
export function indexArguments(index: string): readonly string[] {
  if (index === 'default') return [];
  return isIndex(index) ? ['--default-index', index] : ['--no-index', '--find-links', index];
}

/** Whether `payload.index` is an index, and not a folder or a bundle of this machine. */
export function isIndex(index: string): boolean {
  return index === 'default' || /^(https?|file):/.test(index);
}
