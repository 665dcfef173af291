import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow } from '../../node/backing.ts';
import { clusterOf } from '../cmdlet/cluster-state.ts';
import { type Cmdlet, cmdlet, texts } from '../cmdlet/cmdlet.ts';

const numbers = z.union([z.number(), z.array(z.number())]).transform((value) => [value].flat());
const filter = z.looseObject({
  LogName: texts.optional(),
  ProviderName: texts.optional(),
  Id: numbers.optional(),
  StartTime: z.string().optional(),
});

/** Milliseconds. */
const minute = 60_000;

/** Events of the logs of storage, as the model of the cluster has them. */
export const eventCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-WinEvent': cmdlet(
    z.looseObject({
      FilterHashtable: filter.optional(),
      LogName: texts.optional(),
      MaxEvents: z.number().optional(),
    }),
    ({ FilterHashtable = {}, LogName, MaxEvents }, node) => {
      const { LogName: logs = LogName, ProviderName, Id, StartTime } = FilterHashtable;
      const since = StartTime === undefined ? 0 : Date.parse(StartTime);
      const found = clusterOf(node)
        .host.events.map(({ age, ...event }) => ({ ...event, at: Date.now() - age * minute }))
        .filter(
          ({ LogName: log, ProviderName: provider, Id: id, at }) =>
            isOneOf(logs, log) &&
            isOneOf(ProviderName, provider) &&
            (Id?.includes(id) ?? true) &&
            at >= since,
        );
      if (found.length === 0) throw noEvents();
      return found.slice(0, MaxEvents).map(
        ({ at, ...event }): CmdletRow => ({
          TimeCreated: new Date(at).toISOString(),
          ...event,
          LevelDisplayName: 'Warning',
          MachineName: node.computer,
        }),
      );
    },
  ),
};

function isOneOf(names: readonly string[] | undefined, name: string): boolean {
  return names?.some((each) => each.toLowerCase() === name.toLowerCase()) ?? true;
}

function noEvents(): AgentFailure {
  const message = 'No events were found that match the specified selection criteria.';
  return new AgentFailure('NoMatchingEventsFound', message, 'ObjectNotFound');
}
