import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPackage } from '../../build/build.ts';
import { readBuilt } from '../../build/built.ts';
import type { Component } from '../../components/model/component.ts';
import type { Emit } from '../../events/events.ts';
import { hashFile } from '../../payload/cache/files.ts';
import type { Deployment } from '../../site/deployment.ts';

/**
 * Builds the package of a component from a payload bundle (`oriel payload bundle`), as `oriel build` does without a network, into `dist/`
 * beside the site; once for each bundle and release. Throws BuildError, also where this machine lacks uv or the Python that bytecode needs.
 */
export async function buildFromPayload(
  bundle: string,
  component: Component,
  deployment: Deployment,
  emit: Emit,
): Promise<void> {
  const out = join(deployment.directory, 'dist');
  const stamp = join(out, `payload-${deployment.release}.sha256`);
  const { sha256 } = await hashFile(bundle);
  const before = await readFile(stamp, 'utf8').catch(() => '');
  const built =
    component.package && (await readBuilt(component.package, deployment, out).catch(() => undefined));
  if (before === sha256 && built) return;
  const from = { ...deployment, payload: { ...deployment.payload, index: bundle } };
  const cache = join(deployment.directory, 'cache');
  await buildPackage(component, from, { out, emit, cache });
  await writeFile(stamp, sha256);
}
