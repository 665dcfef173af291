import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { constraintsOf } from '../../payload/lock/inputs.ts';
import { findUv, runUv } from '../../payload/lock/uv.ts';

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
  const python = join(venv, 'bin', 'python');
  if (existsSync(venv)) return python;
  const uv = await findUv();
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(join(cache, 'venv-'));
  const options = { cache: join(cache, 'uv') };
  try {
    const constraints = constraintsOf(series);
    await runUv(uv, ['venv', '--quiet', '--allow-existing', '--relocatable', part], options);
    const where = ['--quiet', '--python', join(part, 'bin', 'python'), '--constraint', constraints];
    await runUv(uv, ['pip', 'install', ...where, ...packages], options);
    await rename(part, venv);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another sandbox may have been faster.
    if (!existsSync(venv)) throw error;
  }
  return python;
}
