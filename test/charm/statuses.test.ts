import { afterEach, expect, test } from 'vitest';
import { type StatusDescription, type StatusId, statuses } from '../../src/juju/status/statuses.ts';
import { unitNamed } from './model/model.ts';
import { statusCases } from './status-cases.ts';
import { aCharmWorld, application, type CharmWorld } from './world.ts';

/** Every status of the one list, each reached by a unit. */
let world: CharmWorld | undefined;
afterEach(() => world?.close());

const ids = Object.keys(statuses) as readonly StatusId[];

test.each(ids)('%s', async (id) => {
  const { shows, config, options, act, unit = 0 } = statusCases[id];
  world = await aCharmWorld({
    ...{ units: 1, ...options },
    config: { 'windows-nodes': 'hv-01=10.0.0.11', ...config },
  });
  await (act ? act(world) : world.settle());
  const { status, message } = unitNamed(world.model, `${application}/${unit}`).status;
  const described: StatusDescription = statuses[id];
  expect([status, message]).toEqual([described.status, expect.stringContaining(shows)]);
  expect(message.startsWith(shows)).toBe(true);
  expect(message).toMatch(patternOf(described.message));
});

/** The message of the list, with anything in place of its names; what follows it counts other things. */
function patternOf(message: string): RegExp {
  const parts = message.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}(\\.\\.\\.)?( \\(and \\d+ more\\))?$`);
}
