import type { FaultName, FaultSwitches } from '../node/faults.ts';
import type { WinRmFaults } from './service/faults.ts';

/** Milliseconds. */
const hour = 3_600_000;

/** What a fault of the sandbox makes of a node's WinRM. */
const effects: Readonly<Partial<Record<FaultName, WinRmFaults>>> = {
  'winrm-account-blocked': { blockedAccount: true },
  'winrm-basic-only': { offers: ['Basic realm="WSMAN"'] },
  'winrm-clock-wrong': { clockSkew: hour, ntlm: { clock: () => Date.now() + hour } },
  'winrm-closes-idle': { closeIdleAfter: 2000 },
  'winrm-commands-end': { commandEnds: { exitCode: 0 } },
  'winrm-empty-error': { emptyError: true },
  'winrm-floods': { pace: 'flood' },
  'winrm-kerberos-only': { offers: ['Kerberos'] },
  'winrm-mute': { pace: 'mute' },
  'winrm-no-shell': { refuseCreate: true },
  'winrm-old-ntlm': { ntlm: { version: false, timestamp: false } },
  'winrm-proxy-page': { html: { status: 403 } },
  'winrm-send-cut': { send: { each: 5, written: 'half', how: 'reset' } },
  'winrm-send-timeout': { send: { each: 5, written: 'all', how: 'timed-out' } },
  'winrm-slow': { pace: 'slow' },
  'winrm-stopped': { html: { status: 503 } },
};

/** The faults of WinRM that are on as of now; of two that do the same the later name counts. */
export function namedFaults({ isOn }: FaultSwitches): WinRmFaults {
  const on = (Object.keys(effects) as FaultName[]).filter(isOn);
  return Object.assign({}, ...on.map((name) => effects[name]));
}
