import type { Via } from '../../site/deployment.ts';
import type { Way } from '../examine/way.ts';
import { localWay } from '../local/examine.ts';
import { psremotingWay } from '../psremoting/examine.ts';
import { recordedWay } from '../record/examine.ts';
import { sshWay } from '../ssh/examine/way.ts';
import { winrmWay } from '../winrm/examine/way.ts';

/** How each way to a node is examined, by the `via` of its settings. */
export const ways: { readonly [Each in Via]: Way<Each> } = {
  ssh: sshWay,
  winrm: winrmWay,
  psremoting: psremotingWay,
  local: localWay,
  recorded: recordedWay,
};
