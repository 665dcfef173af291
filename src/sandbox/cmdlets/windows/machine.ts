import { readdirSync, statfsSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { ClusterResource } from '../../cluster/model/cluster.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { clusterOf } from '../cmdlet/cluster-state.ts';
import { type Cmdlet, cmdlet } from '../cmdlet/cmdlet.ts';
import { hostOf } from './host.ts';
import { attributesOf } from './programs.ts';
import { bootedAt, firstProcessAt, restart } from './restart.ts';

/** Classes of Windows Management whose instances no program of the node could find out. */
const classes: Readonly<Record<string, (node: StandIn) => CmdletRow>> = {
  win32_operatingsystem: (node) => ({
    Caption: hostOf(node).caption,
    Version: hostOf(node).version,
    BuildNumber: hostOf(node).version.split('.').at(-1),
    BuildType: 'Multiprocessor Free',
    CSName: node.computer,
    OSArchitecture: '64-bit',
    OSLanguage: 1033,
    ProductType: 3,
    OperatingSystemSKU: hostOf(node).sku,
    Status: 'OK',
    LastBootUpTime: bootedAt(node),
  }),
  // The session manager; all other processes the node knows itself.
  win32_process: (node) => ({
    ProcessId: 300,
    Handle: '300',
    ParentProcessId: 4,
    Name: 'smss.exe',
    Caption: 'smss.exe',
    CreationDate: firstProcessAt(node),
    SessionId: 0,
  }),
  win32_computersystem: (node) => ({
    Name: node.computer,
    DNSHostName: node.computer,
    Domain: 'WORKGROUP',
    Workgroup: 'WORKGROUP',
    PartOfDomain: false,
    DomainRole: 2,
    Manufacturer: 'oriel',
    Model: 'sandbox',
    SystemType: 'x64-based PC',
    Status: 'OK',
    TotalPhysicalMemory: totalmem(),
    NumberOfProcessors: 1,
    NumberOfLogicalProcessors: cpus().length,
  }),
  win32_logicaldisk: (node) => {
    const { bsize, blocks, bavail } = statfsSync(node.backing.hostPath('C:\\'));
    const disk = { DeviceID: 'C:', DriveType: 3, Description: 'Local Fixed Disk', FileSystem: 'NTFS' };
    return { ...disk, Size: blocks * bsize, FreeSpace: bavail * bsize };
  },
};

/** What is in a folder; of one that is away nothing, as of any pattern. */
function entriesOf(node: StandIn, path: string): readonly CmdletRow[] {
  const folder = node.backing.hostPath(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const named = { Name: entry.name, FullName: `${path}\\${entry.name}` };
    if (entry.isDirectory()) return { ...named, Attributes: 'Directory' };
    return { ...named, Length: statSync(join(folder, entry.name)).size, Attributes: 'Archive' };
  });
}

const cimClass = z.strictObject({ ClassName: z.string(), Namespace: z.string().optional() });

/** The provider of the cluster: what Get-ClusterParameter tells is an instance within the instance. */
function resourceRow({ Name, ResourceType: Type, parameters = {} }: ClusterResource): CmdletRow {
  return { Name, Type, PrivateProperties: { ...parameters } };
}

export const machineCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-CimInstance': cmdlet(cimClass, ({ ClassName, Namespace }, node) => {
    if (/^root[\\/]MSCluster$/i.test(Namespace ?? '') && /^MSCluster_Resource$/i.test(ClassName))
      return clusterOf(node).resources.map(resourceRow);
    const instance = classes[ClassName.toLowerCase()];
    if (instance) return [instance(node)];
    throw new AgentFailure('HRESULT 0x80041010', `Invalid class: ${ClassName}`, 'MetadataError');
  }),

  // Directories, and of the drive of WinRM the quotas of memory.
  'Get-Item': cmdlet(z.strictObject({ Path: z.string() }), ({ Path }, node) => {
    if (/^WSMan:\\localhost\\(Shell|Plugin\\[^\\]+\\Quotas)\\MaxMemoryPerShellMB$/i.test(Path))
      return [
        {
          Name: 'MaxMemoryPerShellMB',
          Type: 'System.String',
          Value: node.faults.isOn('small-memory-quota') ? '150' : '1024',
        },
      ];
    if (Path.endsWith('\\*')) return entriesOf(node, Path.slice(0, -2).replace(/`(?=[[\]`])/g, ''));
    const isFolder =
      /^[A-Za-z]:/.test(Path) &&
      statSync(node.backing.hostPath(Path), { throwIfNoEntry: false })?.isDirectory();
    if (isFolder) return [{ FullName: Path, Attributes: attributesOf(node, Path) }];
    throw new AgentFailure('PathNotFound', `Cannot find path '${Path}'`, 'ObjectNotFound');
  }),

  // What shutdown.exe /r does as well.
  'Restart-Computer': cmdlet(z.strictObject({ Force: z.boolean().optional() }), (_, node) => {
    restart(node);
    return [];
  }),
};
