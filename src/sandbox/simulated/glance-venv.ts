import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Emit } from '../../events/events.ts';
import { makeVenv } from '../python/venv.ts';

/** What a simulated node serves images with, whatever the package it was given holds. */
const glance = '29.2.1';
const series = '2024.2';
/** os-win and keystonemiddleware import pkg_resources, which setuptools 82 no longer has. */
const packages = [`glance==${glance}`, 'PyMySQL', 'setuptools<80'];

/**
 * A Python environment of this machine with Glance from PyPI, made once below `cache`; gives its folder. Throws BuildError
 * when uv is not there or a package cannot be had.
 */
export async function glanceVenv(cache: string, emit: Emit): Promise<string> {
  const venv = join(cache, `venv-glance-${glance}`);
  if (existsSync(venv)) return venv;
  const message = `bringing Glance ${glance} for this machine (once)`;
  emit({ kind: 'build-progress', stage: 'glance', message });
  await makeVenv(venv, { cache, series, packages });
  return venv;
}
