import type { Authorization } from '../../openstack/access.ts';
import { identityNode } from '../../site/grammar/node-entries.ts';
import { type Check, checkId, pass } from '../check.ts';

/** Whether Keystone gives us what the other checks of a component are known by. */
export function tokenCheck(component: string, username: string, access: Authorization): Check {
  return {
    id: checkId(identityNode, component, 'token'),
    node: identityNode,
    title: `get a token for ${username}`,
    why: 'The service checks tokens with this user: without one it refuses everybody.',
    remedy: `see the password of ${username} in the site file, and the address of Keystone`,
    needs: [],
    concurrent: true,
    async run() {
      await access.current();
      return pass(`Keystone gives ${username} a token`);
    },
  };
}
