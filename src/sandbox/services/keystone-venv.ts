import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeVenv } from '../python/venv.ts';

/** Keystone of 2024.2; upper constraints name libraries only, not the services. */
const keystone = '26.1.1';
const series = '2024.2';

/** keystonemiddleware of 2024.2 imports pkg_resources, which setuptools 82 no longer has. */
const packages = [`keystone==${keystone}`, 'waitress', 'setuptools<81'];

/**
 * A Python environment with Keystone from PyPI, made once below `cache`; gives its `python`. Throws BuildError when uv is not there
 * or a package cannot be had.
 */
export async function keystonePython(cache: string): Promise<string> {
  const venv = join(cache, `venv-keystone-${keystone}`);
  if (!existsSync(venv)) await makeVenv(venv, { cache, series, packages });
  return join(venv, 'bin', 'python');
}
