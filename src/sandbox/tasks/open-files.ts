import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Cluster } from '../cluster/model/cluster.ts';
import type { SmbClient } from '../cluster/model/smb.ts';
import type { StandIn } from '../node/backing.ts';
import { processesWith } from '../node/processes.ts';
import { type RunningTask, runningTasks } from './running.ts';

const domain = 'EXAMPLE';

/**
 * A cluster with the clients that it really has while tasks run on nodes: each is the account of its task, and has the files of the
 * share open that processes of its node have open on this machine.
 */
export function withRunningTasks(cluster: Cluster, node: StandIn): Cluster {
  if (runningTasks().length === 0) return cluster;
  const [pattern] = cluster.clients;
  const folder = pattern && folderOf(node, pattern);
  if (!pattern || folder === undefined) return cluster;
  const tasks = runningTasks().filter((task) => folderOf(task.node, pattern) === folder);
  const own = tasks.find((task) => task.node.computer === node.computer);
  const others = tasks.filter((task) => task.node.computer !== node.computer);
  const clients = [
    ...cluster.clients.map((client, index) => (own && index === 0 ? asTask(client, own, folder) : client)),
    ...others.map((task) => asTask(pattern, task, folder)),
  ];
  return { ...cluster, clients };
}

function asTask(client: SmbClient, { node, account }: RunningTask, folder: string): SmbClient {
  const [first] = client.files;
  const opened = openFiles(folder, node.backing.root).map((name, index) => ({
    FileId: (first?.FileId ?? 0) + index + 1,
    ShareRelativePath: name,
    ContinuouslyAvailable: first?.ContinuouslyAvailable ?? client.ContinuouslyAvailable,
  }));
  return {
    ...client,
    computer: node.computer,
    user: onTheWire(account, node),
    files: [...client.files, ...opened],
  };
}

/** Windows itself is the account of its computer to others. */
function onTheWire(account: string, { computer }: StandIn): string {
  return /^NT AUTHORITY\\/i.test(account) ? `${domain}\\${computer}$` : account;
}

function folderOf({ backing }: StandIn, { ServerName, ShareName }: SmbClient): string | undefined {
  try {
    return realpathSync(backing.hostPath(`\\\\${ServerName}\\${ShareName}`));
  } catch {
    return undefined;
  }
}

/** Files below a folder that processes of a node have open, with the path of Windows below it. */
function openFiles(folder: string, root: string): readonly string[] {
  const files = processesWith('HOME', root).flatMap(filesOf);
  const inside = files.filter((file) => file.startsWith(folder + sep) && !file.endsWith(' (deleted)'));
  return [...new Set(inside)].map((file) => relative(folder, file).replaceAll(sep, '\\')).sort();
}

function filesOf(pid: number): readonly string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).flatMap((name) => {
      try {
        return [readlinkSync(`${folder}/${name}`)];
      } catch {
        return [];
      }
    });
  } catch {
    // It has ended.
    return [];
  }
}
