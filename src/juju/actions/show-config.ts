import { readFile } from 'node:fs/promises';
import { componentsOf } from '../../components/index.ts';
import { nodesOf } from '../../deploy/compose/nodes.ts';
import { masked } from '../../secret.ts';
import type { Action } from './action.ts';

/** The composed site, which names secrets and has none, and the files that are made from it, as they may be shown. */
export const showConfig: Action = async ({ site }) => {
  const { deployment, file } = await site();
  const files = componentsOf(deployment).flatMap((component) =>
    nodesOf(component, deployment).flatMap((node) =>
      component
        .files(deployment, node)
        .map(({ target, shown }) => ({ node: node.name, path: target, text: shown })),
    ),
  );
  return { results: { site: masked(await readFile(file, 'utf8')), files } };
};
