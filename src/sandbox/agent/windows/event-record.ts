import type { AgentParameters } from '../../../session/agent-link/agent-calls.ts';
import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';

interface NotedEvent {
  readonly log: string;
  readonly provider: string;
  readonly event: number;
  readonly time: string;
  readonly account: string;
  readonly data: readonly string[];
}

/** Events that a log of a stand-in node keeps, and that are told of each number. */
const maxRecords = 20;

export const eventFunctions = {
  'Get-EventRecord': async (sought, { node }) => ({
    known: true,
    records: notedEvents(node, sought).map(({ time, account, data }) => ({ time, data, account })),
  }),
} satisfies Partial<AgentFunctions>;

/** The newest first. */
export function notedEvents(
  node: StandIn,
  { log, provider, event, text }: AgentParameters['Get-EventRecord'],
): readonly NotedEvent[] {
  return notedBy(node)
    .filter((one) => one.log === log && one.provider === provider && one.event === event)
    .filter(({ data }) => data.includes(text));
}

/** Writes an event down, as by the one who is at work on the node. */
export function noteEvent(
  node: StandIn,
  what: Pick<NotedEvent, 'log' | 'provider' | 'event' | 'data'>,
): void {
  const noted = { ...what, time: new Date().toISOString(), account: `.\\${node.user}` };
  node.backing.memory.set('events', 'all', [noted, ...notedBy(node)].slice(0, maxRecords));
}

function notedBy({ backing: { memory } }: StandIn): readonly NotedEvent[] {
  return (memory.get('events', 'all') as readonly NotedEvent[] | undefined) ?? [];
}
