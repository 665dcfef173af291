import { prepareLocal } from './local.ts';
import { preparePsremoting } from './psremoting.ts';
import type { Preparation } from './script.ts';
import type { PrepareSettings } from './settings.ts';
import { prepareSsh } from './ssh.ts';
import { prepareWinrm } from './winrm.ts';

/** What makes a fresh Windows ready for each way to it, by `via`. */
export const preparations = {
  ssh: prepareSsh,
  winrm: prepareWinrm,
  psremoting: preparePsremoting,
  local: prepareLocal,
} as const satisfies Readonly<Record<string, (settings: PrepareSettings) => Preparation>>;

export type PreparedVia = keyof typeof preparations;
export const preparedVias = Object.keys(preparations) as readonly PreparedVia[];
