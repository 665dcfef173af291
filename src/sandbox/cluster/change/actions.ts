import type { Cluster, ClusterNode } from '../model/cluster.ts';
import type { SmbClient } from '../model/smb.ts';
import { all, type Change, change, disk } from './change.ts';

const GiB = 2 ** 30;
const resync = {
  Name: 'Repair',
  JobState: 'Running',
  IsBackgroundTask: true,
  BytesProcessed: 0,
  BytesTotal: 64 * GiB,
  step: 32 * GiB,
};
const node = (name: string, values: Partial<ClusterNode>): Change =>
  change('nodes', values, ({ Name }) => Name === name);

/** Another owner of a role. A scale-out file server is active on all nodes, so its clients stay where they are. */
export function moveGroup(name: string, to: string): Change {
  return change('groups', { OwnerNode: to }, ({ Name }) => Name === name);
}

/** Another owner of a volume. Since 2012 R2 the clients of a share follow the owner of its volume. */
export function moveVolume(resource: string, to: string): Change {
  return all(
    change('volumes', { OwnerNode: to }, (each) => each.resource === resource),
    moveClients(() => true, to),
  );
}

/** A client that the witness tells to go to another node. */
export function moveClient(computer: string, to: string): Change {
  return moveClients((client) => client.computer.toLowerCase() === computer.toLowerCase(), to);
}

/** A node takes nothing new and gives away what it has: paused, while all disks stay as they are. */
export function drain(name: string, status: ClusterNode['DrainStatus']): Change {
  return all(leave(name), node(name, { State: 'Paused', DrainStatus: status }));
}

export function pause(name: string): Change {
  return node(name, { State: 'Paused' });
}

export function resume(name: string): Change {
  return node(name, { State: 'Up', DrainStatus: 'NotInitiated' });
}

/** A node is gone: the volumes lack a copy of what is written from now on. */
export function stopNode(name: string): Change {
  return all(
    leave(name),
    node(name, { State: 'Down', DrainStatus: 'NotInitiated', DynamicWeight: 0 }),
    disk({ HealthStatus: 'Warning', OperationalStatus: ['Incomplete'] }),
  );
}

/** It is back: a repair brings its copies up to date, and only then all is healthy again. */
export function startNode(name: string): Change {
  return all(
    node(name, { State: 'Up', DrainStatus: 'NotInitiated', DynamicWeight: 1 }),
    disk({ HealthStatus: 'Warning', OperationalStatus: ['InService'] }),
    (cluster) => ({ ...cluster, jobs: [...cluster.jobs, resync] }),
  );
}

/** A drain that was under way is done. */
export const settle: Change = change(
  'nodes',
  { DrainStatus: 'Completed' },
  ({ DrainStatus }) => DrainStatus === 'InProgress',
);

/**
 * Every job has gone on by its step so many times; one that is past its total is gone. With the last one, volumes that were brought
 * up to date are healthy.
 */
export function work(steps: number): Change {
  return (cluster) => {
    const jobs = cluster.jobs
      .map((job) => ({ ...job, BytesProcessed: Math.max(0, job.BytesProcessed + steps * job.step) }))
      .filter(({ BytesProcessed, BytesTotal }) => BytesProcessed < BytesTotal);
    const done = cluster.jobs.length > 0 && jobs.length === 0;
    const inService = cluster.volumes.some(
      ({
        disk: {
          OperationalStatus: [first],
        },
      }) => first === 'InService',
    );
    const whole = disk({ HealthStatus: 'Healthy', OperationalStatus: ['OK'] });
    return { ...(done && inService ? whole(cluster) : cluster), jobs };
  };
}

/** The node that takes over what another one has; undefined: there is none. */
export function successorOf({ nodes }: Cluster, name: string): string | undefined {
  return nodes.find(({ Name, State }) => Name !== name && State === 'Up')?.Name;
}

function leave(name: string): Change {
  return (cluster) => {
    const to = successorOf(cluster, name);
    if (to === undefined) return cluster;
    return all(
      change('groups', { OwnerNode: to }, ({ OwnerNode }) => OwnerNode === name),
      change('volumes', { OwnerNode: to }, ({ OwnerNode }) => OwnerNode === name),
      moveClients((client) => client.node === name, to),
    )(cluster);
  };
}

/** A handle that is not continuously available does not survive. */
function moveClients(isMeant: (client: SmbClient) => boolean, to: string): Change {
  return (cluster) => {
    const moved = cluster.clients.map((client) => {
      if (!isMeant(client) || client.node === to) return client;
      const files = client.files.filter(({ ContinuouslyAvailable }) => ContinuouslyAvailable);
      const watcher = cluster.nodes.find(({ Name, State }) => Name !== to && State === 'Up')?.Name ?? to;
      const witness = client.witness && { witness: { ...client.witness, WitnessNodeName: watcher } };
      return { ...client, node: to, files, ...witness };
    });
    return { ...cluster, clients: moved };
  };
}
