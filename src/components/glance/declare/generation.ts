import { saltedDigest } from '../../../resources/file/resource.ts';
import { generation } from '../../../resources/generation/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import { Secret } from '../../../secret.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, packageName, windowsPaths } from '../facts/paths.ts';
import type { GlanceInputs } from './inputs.ts';

/** Generations that a node keeps. */
const maxKept = 3;

/**
 * What a node serves with is kept on it once it is healthy, to go back to (resources/generation/resource.ts). Nothing of a package that
 * is only compared: which one is kept is not known.
 */
export function declareGeneration(
  { name, release }: Pick<Deployment, 'name' | 'release'>,
  node: NodeSettings,
  { msi, files, salt }: GlanceInputs,
  after: readonly string[],
): readonly Declaration[] {
  if ('unbuilt' in msi) return [];
  const { version, productCode, upgradeCode, sha256 } = msi;
  const rendered = files(node);
  const digests = rendered.map((file) => `${file.name} ${saltedDigest(file.content, `oriel ${name}`)}`);
  const kept = declare({
    resource: generation,
    component,
    node: node.name,
    name: 'glance',
    needs: [],
    after,
    spec: {
      directory: windowsPaths.kept,
      packages: windowsPaths.packages,
      packageName,
      generation: { release, version, productCode, upgradeCode, sha256 },
      files: rendered.map(({ name, content }) => ({ name, content })),
      key: new Secret('digests', `${[`package ${productCode}`, ...digests].join('\r\n')}\r\n`),
      salt,
      limit: maxKept,
    },
  });
  return [kept];
}
