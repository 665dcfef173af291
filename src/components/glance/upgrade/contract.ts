import type { ComponentUpgrade } from '../../model/component.ts';
import { glanceNodes } from '../declare/resources.ts';
import { declareSchema } from '../declare/schema.ts';

/** Takes away from the database schema what only older releases need, from the first node; which cannot be taken back. */
export const contract: NonNullable<ComponentUpgrade['contract']> = {
  declare(deployment) {
    const [node] = glanceNodes(deployment);
    return node ? [declareSchema(deployment, node, 'contracted', [])] : [];
  },
  question: ({ release }) =>
    `Older releases than ${release} cannot run on this database afterwards. Contract its schema?`,
};
