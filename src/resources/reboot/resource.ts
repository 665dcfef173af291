import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { base64Of } from '../file/resource.ts';
import type { Resource, Work } from '../model/resource.ts';
import { bootOf, bootText, isOtherBoot } from './boot.ts';

export interface Reboot {
  /** Path on the node of the mark that says from before a restart until it has helped that it was ours, and when the node had booted. */
  readonly mark: string;
  /** Seconds for the node to go down and come back. */
  readonly wait: number;
}

/**
 * That Windows waits for no restart. A node is restarted once for a reason: where a restart of ours has not helped, another one
 * would not either.
 */
export const reboot: Resource<Reboot> = {
  kind: 'reboot',
  does: 'run',
  done: 'restarted',
  reasons: { pending: 'Windows has to be restarted', marked: 'records that the restart is over' },
  desired: () => ({ pending: false, marked: false }),
  observe: ({ mark }) => [{ call: 'Get-RebootState' }, { call: 'Get-FileContent', path: mark }],
  read({ mark }, [state, file]) {
    const { reasons, ...now } = state as AgentResults['Get-RebootState'];
    const { exists, content = '' } = file as AgentResults['Get-FileContent'];
    const before = exists ? bootOf(Buffer.from(content, 'base64').toString('utf8')) : undefined;
    const pending = reasons.length > 0;
    if (pending && before !== undefined && isOtherBoot(before, now))
      return {
        unreadable: `Windows has been restarted for it, and still has to be: ${reasons.join(', ')}`,
        remedy: `look what it waits for, and remove ${mark} to have it restarted again; or write \`reboot: never\``,
      };
    return { pending, marked: exists, ...now, ...(pending && { why: reasons.join(', ') }) };
  },
  change({ mark, wait }, { pending, booted, boot }) {
    const before = { booted: String(booted), ...(boot !== undefined && { boot: String(boot) }) };
    const note: Work = {
      do: 'call',
      description: 'records that it is being restarted',
      call: { call: 'Set-File', path: mark, content: base64Of(bootText(before)) },
    };
    const forget: Work = {
      do: 'call',
      description: 'records that the restart is over',
      call: { call: 'Remove-Path', path: mark },
    };
    if (pending === false) return [forget];
    return [note, { do: 'restart', description: 'restarts Windows', before, wait }, forget];
  },
  explain({ mark }, { away, message }) {
    if (!away) return { cause: message };
    return {
      cause: message,
      remedy: `look at its console, and apply again when it is back (${mark} says why)`,
    };
  },
};
