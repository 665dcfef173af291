import { z } from 'zod';
import { anyDuration, line, name, namedMap, words } from '../../../site/values/text.ts';

const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, words('must be a time of day', 'hours and minutes in quotes: "03:30"'));

const task = z
  .strictObject({
    run: z
      .array(line)
      .min(1, words('must name a program'))
      .describe(
        'Program and arguments: a path on the node, or a program of Glance, which gets the configuration of the node: [glance-manage, db, purge, --age_in_days, "60"]',
      ),
    daily: hour.optional().describe('Time of day, by the clock of the node; one of daily and every'),
    every: anyDuration.optional().describe('How often, from midnight on; whole minutes, less than 24h'),
    limit: anyDuration.prefault('1h').describe('When it is ended, if it still runs; whole minutes'),
    nodes: z
      .array(name)
      .min(1, words('must name a node'))
      .optional()
      .describe('Nodes that run it; one is enough for a task on shared data. Default: every node'),
  })
  .describe('A task, by its name');

export const tasks = namedMap(task)
  .default({})
  .describe('Programs that Windows starts on the nodes at their time, as the account of the service');
