import { renderFile, type Writer } from '../../../render/file.ts';
import type { RenderedFile } from '../../../render/rendered.ts';
import { fillTemplate } from '../../../render/template.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { environmentFile, windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';
import { apiModel, manageModel } from './model.ts';
import { pasteModel } from './paste.ts';
import { suppliedFiles } from './supplied.ts';

const inConfig = (name: string): string => `${windowsPaths.config}\\${name}`;

/**
 * Every configuration file of the image service on one node. Throws InputError where a secret holds what no file can carry, or
 * a policy or property-protection file of the site is wrong.
 */
export function renderGlance(deployment: Deployment, node: NodeSettings): readonly RenderedFile[] {
  const heading = {
    marker: 'Rendered by oriel: changes made here are overwritten.',
    subject: `Deployment ${deployment.name}, node ${node.name}, OpenStack ${deployment.release}.`,
  };
  const fill = (name: string, model: (write: Writer) => object): RenderedFile =>
    renderFile(inConfig(name), (write) => fillTemplate('glance', name, { ...heading, ...model(write) }));
  return [
    fill('glance-api.conf', (write) => apiModel(deployment, node, write)),
    fill('glance-api-paste.ini', () => pasteModel(deployment)),
    fill('glance-manage.conf', (write) => manageModel(deployment, write)),
    fill(environmentFile, () => ({ drain: String(settingsOf(deployment).service.drain) })),
    ...suppliedFiles(deployment, heading.marker),
  ];
}
