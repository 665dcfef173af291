import { isFailure } from '../errors.ts';
import type { AgentCall } from '../session/session.ts';
import { cmdlet } from '../verify/checks/storage/model/check.ts';
import { jobStates } from '../verify/checks/storage/model/enumerations.ts';
import { quoted } from '../verify/checks/storage/model/quoted.ts';
import { named, same, textOf } from '../verify/checks/storage/model/read.ts';
import { type ClusterState, type Owned, rowsFrom } from './cluster-state.ts';
import type { DrillRecord } from './record.ts';
import type { Stage } from './stage.ts';

/** Something that is not as it was before, and what brings it back. */
interface Difference {
  readonly what: string;
  /** Absent: it comes by itself. */
  readonly call?: AgentCall;
  readonly onItself?: string;
  /** The command that does the same by hand. */
  readonly remedy: string;
}

/** Looks, a second apart, without any change after which a restoration is given up. */
const patience = 600;
/** Refusals of one call after which it is left to somebody else. */
const maxTries = 30;

/**
 * Brings back what a drill changed: the node first, then, when no repair runs any more, the owners and the client. It goes by what is
 * there, so it may be begun at any point and any number of times. Gives what could not be brought back, with the commands to do it by hand.
 */
export async function restore(
  record: DrillRecord,
  stage: Stage,
): Promise<readonly { readonly what: string; readonly remedy: string }[]> {
  const tries = new Map<string, number>();
  let last = '';
  let left: readonly Difference[] = [];
  for (let quiet = 0; quiet < patience; quiet++) {
    left = await leftNow(record, stage);
    const now = JSON.stringify(left);
    if (left.length === 0) return [];
    if (now !== last) quiet = 0;
    last = now;
    for (const difference of left) await attempt(difference, tries, stage);
    if (stage.abandoned.aborted || left.some(({ what }) => (tries.get(what) ?? 0) >= maxTries)) break;
    await stage.pause();
  }
  return left;
}

const unknown: Difference = { what: 'the cluster does not answer', remedy: 'Get-ClusterNode' };

async function leftNow(record: DrillRecord, stage: Stage): Promise<readonly Difference[]> {
  try {
    const seen = await stage.look();
    return seen ? await differences(seen, record, stage) : [unknown];
  } catch (error) {
    if (!isFailure(error)) throw error;
    stage.tell(error.message);
    return [unknown];
  }
}

/** Each call once, as what is under way is waited for; one that was refused again. */
async function attempt(
  { what, call, onItself }: Difference,
  tries: Map<string, number>,
  stage: Stage,
): Promise<void> {
  const before = tries.get(what) ?? 0;
  if (!call || before < 0) return;
  try {
    await stage.act(call, onItself);
    tries.set(what, -1);
  } catch (error) {
    if (!isFailure(error)) throw error;
    tries.set(what, before + 1);
    stage.tell(`${String(call.name)} failed: ${error.message}`);
  }
}

/** What differs now; of what has to wait for a repair only that. */
async function differences(
  state: ClusterState,
  record: DrillRecord,
  stage: Stage,
): Promise<readonly Difference[]> {
  const node = record.node === undefined ? undefined : nodeDifference(state, record.node);
  if (node) return [node];
  // Who interrupts does not wait for hours: a repair goes on by itself, and owners may change during one.
  if (record.node !== undefined && !stage.interrupted.aborted) {
    const repairs = await repairsOf(stage);
    if (repairs) return [repairs];
  }
  return [
    ...record.groups.flatMap((one) => ownerDifference(one, state.groups, 'Move-ClusterGroup')),
    ...record.volumes.flatMap((one) => ownerDifference(one, state.volumes, 'Move-ClusterSharedVolume')),
    ...clientDifference(state, record.client),
  ];
}

function nodeDifference({ nodes }: ClusterState, name: string): Difference | undefined {
  const { state = 'gone', drain = 'NotInitiated' } = nodes.find((one) => same(one.name, name)) ?? {};
  if (state === 'Up' && drain !== 'InProgress') return undefined;
  const what = `${name} is ${state}`;
  if (state === 'Down') {
    const call = cmdlet('Start-ClusterNode', [], { Name: name });
    return { what, call, onItself: name, remedy: `Start-ClusterNode -Name ${quoted(name)}` };
  }
  const remedy = `Resume-ClusterNode -Name ${quoted(name)} -Failback Immediate`;
  if (state === 'gone' || state === 'Joining') return { what, remedy: 'Get-ClusterNode' };
  return { what, call: cmdlet('Resume-ClusterNode', [], { Name: name, Failback: 'Immediate' }), remedy };
}

const ended = ['Completed', 'Terminated', 'Killed', 'Exception', 'ShuttingDown'];

/** A repair that runs, or a virtual disk that is not whole yet. */
async function repairsOf({ ask }: Stage): Promise<Difference | undefined> {
  const remedy = 'wait until Get-StorageJob shows none and Get-VirtualDisk all Healthy';
  const jobs = await rowsFrom(ask(), cmdlet('Get-StorageJob', ['Name', 'JobState', 'BytesProcessed']));
  const running = jobs.filter(
    (row) =>
      /repair|regenerat/i.test(textOf(row, 'Name')) &&
      !ended.includes(named(textOf(row, 'JobState'), jobStates)),
  );
  if (running.length > 0) {
    const shown = running.map((row) => `${textOf(row, 'Name')} at ${textOf(row, 'BytesProcessed')} bytes`);
    return { what: `a repair runs: ${shown.join(', ')}`, remedy };
  }
  const disks = await rowsFrom(ask(), cmdlet('Get-VirtualDisk', ['FriendlyName', 'HealthStatus']));
  const ill = disks.filter((row) => !/^(Healthy|0)$/.test(textOf(row, 'HealthStatus')));
  if (ill.length === 0) return undefined;
  return { what: `not healthy: ${ill.map((row) => textOf(row, 'FriendlyName')).join(', ')}`, remedy };
}

function ownerDifference(
  { name, owner }: Pick<Owned, 'name' | 'owner'>,
  now: readonly Owned[],
  move: string,
): readonly Difference[] {
  const found = now.find((one) => same(one.name, name));
  if (found && same(found.owner, owner)) return [];
  const remedy = `${move} -Name ${quoted(name)} -Node ${quoted(owner)}`;
  if (!found) return [{ what: `${name} is gone`, remedy }];
  const call = cmdlet(move, [], { Name: name, Node: owner });
  return [{ what: `${name} is on ${found.owner}, not on ${owner}`, call, remedy }];
}

/** A client that went away in the meantime has nothing to come back to. */
function clientDifference({ clients }: ClusterState, before: DrillRecord['client']): readonly Difference[] {
  const now = before && clients.find(({ name }) => same(name, before.name));
  if (!before || !now || same(now.server, before.server)) return [];
  const given = { ClientName: before.name, DestinationNode: before.server, Confirm: false };
  const remedy = `Move-SmbWitnessClient -ClientName ${quoted(before.name)} -DestinationNode ${quoted(before.server)}`;
  return [
    {
      what: `the client ${before.name} is served by ${now.server}, not by ${before.server}`,
      call: cmdlet('Move-SmbWitnessClient', [], given),
      remedy,
    },
  ];
}
