import { expect, test } from 'vitest';
import { cmdletFacts, type WindowsServer, windowsServers } from '../../../scripts/floor/facts.ts';
import type { AgentCall } from '../../../src/session/session.ts';
import { firstWindows } from '../../../src/verify/checks/storage/run/first-windows.ts';
import { lacking } from '../../../src/verify/checks/storage/run/lacking.ts';
import { isOlder, serverOf } from '../../../src/verify/checks/storage/run/windows-servers.ts';
import { outcomeOf } from './harness.ts';
import { tables } from './tables/index.ts';

const versions: Readonly<Record<WindowsServer, string>> = {
  'Server 2012': '6.2.9200',
  'Server 2012 R2': '6.3.9600',
  'Server 2016': '10.0.14393',
  'Server 2019': '10.0.17763',
  'Server 2022': '10.0.20348',
  'Server 2025': '10.0.26100',
};

/** Every call of a cmdlet that any check makes of a healthy node. */
async function everyCall(): Promise<readonly AgentCall[]> {
  const calls: AgentCall[] = [];
  for (const table of tables) {
    const recording = Object.entries(table.healthy).map(([name, answer]) => [
      name,
      (call: AgentCall): unknown => {
        calls.push(call);
        return typeof answer === 'function' ? answer(call) : answer;
      },
    ]);
    await outcomeOf(table, Object.fromEntries(recording), table.share);
  }
  return calls.filter(({ call }) => call === 'Invoke-Cmdlet');
}

/** Whether a server is known to have a cmdlet with these parameters; absent: there are no facts. */
function has(server: WindowsServer, { name, parameters }: AgentCall): boolean | undefined {
  const sets = cmdletFacts().get(String(name))?.on[server];
  if (sets === undefined) return undefined;
  const used = Object.keys(parameters as object);
  return sets?.some((set) => used.every((key) => key in set)) ?? false;
}

test('what an older Windows lacks is what the facts of it say, for every call of every check', async () => {
  const wrong: string[] = [];
  const calls = await everyCall();
  expect(calls.length).toBeGreaterThan(10);
  for (const call of calls)
    for (const server of windowsServers) {
      const known = has(server, call);
      const late = lacking([{ ...call, select: [] }], versions[server]);
      if (known !== undefined && known === (late !== undefined))
        wrong.push(`${call.name} on ${server}: the facts say ${known}, we say ${late ?? 'nothing'}`);
    }
  expect([...new Set(wrong)]).toEqual([]);
});

test('the reason says what came when, and which Windows it is', () => {
  const call = { call: 'Invoke-Cmdlet', name: 'Get-Cluster', parameters: {}, select: ['Name', 'S2DEnabled'] };
  expect(lacking([call], '6.3.9600')).toBe(
    'S2DEnabled of Get-Cluster came with Windows Server 2016; this is Windows Server 2012 R2 (6.3.9600)',
  );
  expect(lacking([call], '10.0.14393')).toBeUndefined();
  expect(lacking([call], 'unknown')).toBeUndefined();
});

test('a version belongs to the newest server that is not newer', () => {
  for (const [server, version] of Object.entries(versions)) expect(serverOf(version)).toBe(server);
  expect(serverOf('10.0.19045')).toBe('Server 2019');
  expect(serverOf('6.1.7601')).toBeUndefined();
  expect(isOlder('Server 2012', 'Server 2012 R2')).toBe(true);
  expect(isOlder('Server 2016', 'Server 2016')).toBe(false);
});

test('a check of a cmdlet that came later is skipped on every older Windows', async () => {
  for (const table of tables) {
    const late = Object.keys(table.healthy).filter((name) => firstWindows[name]?.since !== undefined);
    if (late.length === 0 || late.every((name) => table.mayFail?.includes(name))) continue;
    const { verdict, message } = await outcomeOf(
      table,
      { ...table.healthy, 'Get-Facts': { osVersion: '6.2.9200' } },
      table.share,
    );
    expect({ check: table.check, verdict }).toEqual({ check: table.check, verdict: 'skip' });
    expect(message).toMatch(/came with Windows Server .*; this is Windows Server 2012 \(6\.2\.9200\)/);
  }
});
