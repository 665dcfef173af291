import { observe } from '../../../plan/observe/observe.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { type Check, type CheckOutcome, checkId, fail, pass } from '../../../verify/check.ts';
import { declareWorkers } from '../declare/resources.ts';
import { settingsOf } from '../site/settings.ts';

/** Whether all processes that serve are there: from outside, one that is left looks like all of them. */
export function workersCheck(deployment: Deployment, node: NodeSettings): Check {
  return {
    id: checkId(node.name, 'glance', 'workers'),
    node: node.name,
    title: 'count the workers of the service',
    why: 'A service that lost workers still answers, more slowly, and nobody sees it from outside.',
    remedy: 'see the log of the service on the node, then restart it',
    needs: [],
    concurrent: true,
    async run({ session, signal }): Promise<CheckOutcome> {
      const declared = declareWorkers(deployment, node, []);
      const { workers = null } = await observe(declared, session(node.name), signal);
      const desired = settingsOf(deployment).workers;
      const message = `${String(workers)} of ${desired} workers run`;
      return workers === desired ? pass(message, { workers }) : { ...fail(message), evidence: { workers } };
    },
  };
}
