import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { constraintsOf } from '../../payload/lock/inputs.ts';
import { findUv, runUv } from '../../payload/lock/uv.ts';

/** What a simulated node serves images with, whatever the package it was given holds. */
const glance = '29.2.1';
const series = '2024.2';
/** os-win and keystonemiddleware import pkg_resources, which setuptools 82 no longer has. */
const packages = [`glance==${glance}`, 'PyMySQL', 'setuptools<80'];
/** netifaces has no wheel for today's Python. oslo.utils imports it, to find this machine's address when nobody says one. */
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
 * A Python environment of this machine with Glance from PyPI, made once below `cache`; gives its folder. Throws BuildError
 * when uv is not there or a package cannot be had.
 */
export async function glanceVenv(cache: string, emit: Emit): Promise<string> {
  const venv = join(cache, `venv-glance-${glance}`);
  if (existsSync(venv)) return venv;
  emit({
    kind: 'build-progress',
    stage: 'glance',
    message: `bringing Glance ${glance} for this machine (once)`,
  });
  const uv = await findUv();
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(join(cache, 'venv-'));
  const options = { cache: join(cache, 'uv') };
  try {
    await writeFile(join(part, 'overrides.txt'), overrides);
    await runUv(uv, ['venv', '--quiet', '--allow-existing', '--relocatable', part], options);
    const constraints = constraintsOf(series);
    const limits = ['--constraint', constraints, '--override', join(part, 'overrides.txt')];
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
  return venv;
}
