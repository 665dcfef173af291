import { writeQuotedYaml } from '../yaml/write.ts';
import { baseOf } from './base.ts';
import type { BundleData, BundleInput } from './model.ts';
import { developmentOf, s2dOf, twoNodesOf } from './overlays.ts';
import { offersOf } from './relations.ts';

/** The bundle, by its name in the folder of all. */
export const bundleName = 'bundle.yaml';

/**
 * The bundle of a site and its overlays as text, by path: the same bytes from the same site. Offers of other models stand in a second
 * document, as the client of Juju 3.2 and later reads the first one alone.
 */
export function bundleFiles(input: BundleInput): ReadonlyMap<string, string> {
  const overlays: readonly (readonly [string, string, BundleData | undefined])[] = [
    ['development', 'One node with its database in a file', developmentOf(input)],
    ['two-nodes', 'Two units with MySQL, Keystone and HAProxy', twoNodesOf(input)],
    ['s2d', 'Data on Storage Spaces Direct; over another overlay', s2dOf(input)],
  ];
  return new Map([
    [
      bundleName,
      textOf('Our applications; an overlay brings what they are related to', baseOf(input), offersOf(input)),
    ],
    ...overlays.flatMap(([name, title, data]) =>
      data ? [[`overlays/${name}.yaml`, textOf(title, data)] as const] : [],
    ),
  ]);
}

function textOf(title: string, ...documents: readonly (BundleData | undefined)[]): string {
  const texts = documents.flatMap((one) => (one ? [writeQuotedYaml(one)] : []));
  return `# ${title}. Made by oriel bundle build, which overwrites it.\n${texts.join('---\n')}`;
}
