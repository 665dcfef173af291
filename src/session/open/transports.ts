import type { NodeOf, Via } from '../../site/deployment.ts';
import { openLocalTransport } from '../local/transport.ts';
import type { OpenOptions } from '../open-options.ts';
import { openPsremotingTransport } from '../psremoting/transport.ts';
import { openRecordedTransport } from '../record/transport.ts';
import { openSshTransport } from '../ssh/transport.ts';
import type { Transport } from '../transport.ts';
import { openWinrmTransport } from '../winrm/transport.ts';

/** Each way to a node, by the `via` of its settings. Throws SessionError: unreachable, host-key, authentication, protocol. */
export const transports: {
  readonly [Each in Via]: (node: NodeOf<Each>, options: OpenOptions) => Promise<Transport>;
} = {
  ssh: openSshTransport,
  winrm: openWinrmTransport,
  local: openLocalTransport,
  psremoting: openPsremotingTransport,
  recorded: openRecordedTransport,
};
