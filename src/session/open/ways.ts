import type { Via } from '../../site/deployment.ts';
import type { Way } from '../examine/way.ts';
import { sshWay } from '../ssh/examine/way.ts';
import { winrmWay } from '../winrm/examine/way.ts';

/** How each way to a node is examined, by the `via` of its settings. A way without an entry has no layers before its session. */
export const ways: { readonly [Each in Via]?: Way<Each> } = {
  ssh: sshWay,
  winrm: winrmWay,
};
