import { afterAll, describe, expect, it } from 'vitest';
import { CallError, SessionError } from '../../../src/errors.ts';
import { describeError } from '../../../src/report/error.ts';
import { readProtocolSchema } from '../../../src/session/agent-link/protocol-schema.ts';
import type { Session } from '../../../src/session/session.ts';
import { leftOut, whole } from '../../extent.ts';
import { randomFrom } from '../../fixtures/random.ts';
import type { Served } from '../contract.ts';
import { served } from '../kinds/piped.ts';
import { exampleResult } from './example.ts';
import { type Fault, faults } from './faults.ts';
import { hostileProgram, type Plan } from './program.ts';

/** Milliseconds for a call that nobody answers. */
const limit = 200;

const calls = Object.keys(readProtocolSchema().calls);
const random = randomFrom(20_260_101);
/** Every call meets some fault, and every fault some call; all meet all with make test-all. */
const cases = calls.flatMap((call, index) => {
  const names = Object.keys(faults);
  const chosen = [names[index % names.length], names[Math.floor(random() * names.length)]];
  return names.filter((name) => whole || chosen.includes(name)).map((name) => ({ call, name }));
});

describe(`a node whose agent, after any call of the protocol${whole ? '' : ` (a sample, ${leftOut})`},`, () => {
  const plan: Plan = { fault: undefined };
  const noise: string[] = [];
  /** Of the case before, where that left it in order. */
  let kept: Session | undefined;

  // In memory: a socket would add nothing but time, and the verbs beside a hostile node have one.
  const link: Served = served((streams) =>
    hostileProgram(
      Object.assign(streams, { exit() {}, close: () => void streams.end() }),
      plan,
      async ({ id, call }) => ({ id, result: call === 'bye' ? null : exampleResult(call) }),
      () => link.cut(),
    ),
  );
  afterAll(() => link.close());

  it.each(cases)('$name, $call', async ({ call, name }) => {
    const fault = faults[name] as Fault;
    noise.length = 0;
    const onNoise = (line: string): void => void noise.push(line);
    const session = kept ?? (await link.open({ onNoise }));
    kept = session;
    plan.fault = { call, fault };
    const ended = await session
      .call({ call }, fault.ends === 'silence' ? { timeout: limit } : {})
      .catch((error: unknown) => error);
    expect(kindOf(ended, call), JSON.stringify(ended)?.slice(0, 1_000)).toBe(fault.ends);
    expect(plan.fault).toBeUndefined();
    if (fault.ends === 'answer' || fault.ends === 'refused')
      // Nothing of the fault is left for the next call.
      expect(await session.call({ call: 'Get-Facts' })).toEqual(exampleResult('Get-Facts'));
    else {
      kept = undefined;
      await session.close();
    }
    // What was told of it is bounded, and none of its lines can pass for one of ours.
    expect(noise.join('').length).toBeLessThan(250_000);
    if (!(ended instanceof Error)) return expect(ended).toEqual(exampleResult(call));
    const said = describeError(ended, { debug: false });
    expect(said.length).toBeLessThan(30_000);
    expect(said.match(/^\S.*$/gm)).toHaveLength(1);
    for (const acting of '\u001b\u009b\u202e\u2028') expect(said).not.toContain(acting);
  });
});

function kindOf(ended: unknown, call: string): string {
  if (ended instanceof CallError) return 'refused';
  if (ended instanceof SessionError) {
    expect(ended.node).toBe('glance-1');
    return ended.kind === 'timeout' ? 'silence' : ended.kind;
  }
  return ended instanceof Error ? `${call}: ${ended.name}` : 'answer';
}
