import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constraintsOf } from '../../payload/lock/inputs.ts';
import { findUv, runUv } from '../../payload/lock/uv.ts';
import type { Release } from '../../site/deployment.ts';

/**
 * netifaces has no wheel for today's Python, and a machine may have no compiler. oslo.utils imports it, to find this machine's address
 * when nobody says one.
 */
const overrides = "netifaces ; sys_platform == 'never'\n";
const netifaces = `AF_INET, AF_INET6 = 2, 10


def gateways():
    return {'default': {}}


def interfaces():
    return []


def ifaddresses(name):
    return {}
`;

/**
 * A Python environment of this machine with packages from PyPI within the upper constraints of a series, made once at `venv`. `cache` is
 * that of uv. Throws BuildError when uv is not there or a package cannot be had.
 */
export async function makeVenv(
  venv: string,
  {
    cache,
    series,
    packages,
  }: { readonly cache: string; readonly series: Release; readonly packages: readonly string[] },
): Promise<void> {
  const uv = await findUv();
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(join(cache, 'venv-'));
  const options = { cache: join(cache, 'uv') };
  try {
    await writeFile(join(part, 'overrides.txt'), overrides);
    await runUv(uv, ['venv', '--quiet', '--allow-existing', '--relocatable', part], options);
    const limits = ['--constraint', constraintsOf(series), '--override', join(part, 'overrides.txt')];
    const python = ['--python', join(part, 'bin', 'python')];
    await runUv(uv, ['pip', 'install', '--quiet', ...python, ...limits, ...packages], options);
    const [version = ''] = await readdir(join(part, 'lib'));
    await writeFile(join(part, 'lib', version, 'site-packages', 'netifaces.py'), netifaces);
    await rename(part, venv);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another sandbox may have been faster.
    if (!existsSync(venv)) throw error;
  }
}
