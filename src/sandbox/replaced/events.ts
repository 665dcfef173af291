import { z } from 'zod';
import { notedEvents, noteEvent } from '../agent/windows/event-record.ts';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';

const event = {
  LogName: z.enum(['Application', 'Security', 'System']),
  ProviderName: z.string(),
  Id: z.number(),
};

/** The event log of a node. */
export const eventQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxEvent': cmdlet(
    z.strictObject({ ...event, Data: z.string() }),
    ({ LogName, ProviderName, Id, Data }, node) =>
      notedEvents(node, { log: LogName, provider: ProviderName, event: Id, text: Data }).map(
        ({ time, data, account }) => ({ Time: time, Data: data, Account: account }),
      ),
  ),

  'Add-SandboxEvent': cmdlet(
    z.strictObject({ ...event, Data: z.array(z.string()) }),
    ({ LogName, ProviderName, Id, Data }, node) => {
      noteEvent(node, { log: LogName, provider: ProviderName, event: Id, data: Data });
      return [];
    },
  ),
};
