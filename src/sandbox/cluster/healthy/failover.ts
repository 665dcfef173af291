import type {
  Cluster,
  ClusterGroup,
  ClusterNetwork,
  ClusterNetworkInterface,
  ClusterResource,
} from '../model/cluster.ts';
import { clusterName, domain, hosts, scope, volumeName } from './names.ts';

const witness = 'File Share Witness';

const nodes: Cluster['nodes'] = hosts.map((Name, index) => ({
  Name,
  Id: String(index + 1),
  State: 'Up',
  StatusInformation: 'Normal',
  DrainStatus: 'NotInitiated',
  DynamicWeight: 1,
  NodeWeight: 1,
}));

const networks: readonly ClusterNetwork[] = [
  {
    Name: 'Cluster Network 1',
    Role: 'ClusterAndClient',
    State: 'Up',
    Address: '10.20.0.0',
    AddressMask: '255.255.255.0',
  },
  {
    Name: 'Cluster Network 2',
    Role: 'Cluster',
    State: 'Up',
    Address: '10.30.0.0',
    AddressMask: '255.255.255.0',
  },
];

const interfaces: readonly ClusterNetworkInterface[] = networks.flatMap(({ Name: Network, Address }) =>
  hosts.map((Node, index) => ({
    Name: `${Node} - ${Network}`,
    Node,
    Network,
    Address: Address.replace(/0$/, String(11 + index)),
    State: 'Up' as const,
  })),
);

const group = (Name: string, GroupType: string): ClusterGroup => ({
  Name,
  GroupType,
  State: 'Online',
  OwnerNode: hosts[0],
});
const resource = (
  Name: string,
  ResourceType: string,
  OwnerGroup: string,
  parameters?: ClusterResource['parameters'],
): ClusterResource => ({
  Name,
  ResourceType,
  OwnerGroup,
  State: 'Online',
  ...(parameters && { parameters }),
});

/** Two nodes, a file share as witness, and a scale-out file server. */
export const failover: Pick<
  Cluster,
  'cluster' | 'nodes' | 'outside' | 'networks' | 'interfaces' | 'groups' | 'resources' | 'witness'
> = {
  cluster: {
    Name: clusterName,
    Domain: domain,
    S2DEnabled: 1,
    BlockCacheSize: 1024,
    SharedVolumesRoot: 'C:\\ClusterStorage',
    ClusterFunctionalLevel: 11,
  },
  nodes,
  outside: [],
  networks,
  interfaces,
  groups: [
    group('Cluster Group', 'Cluster'),
    group('Available Storage', 'AvailableStorage'),
    group(scope, 'ScaleoutFileServer'),
  ],
  resources: [
    resource(scope, 'Distributed Network Name', scope, { Name: scope, DnsName: scope }),
    resource(`Scale-Out File Server (\\\\${scope})`, 'Scale Out File Server', scope),
    resource('Cluster Pool 1', 'Storage Pool', 'Cluster Group'),
    resource(`Cluster Virtual Disk (${volumeName})`, 'Physical Disk', 'Cluster Group', {
      DiskRunChkDsk: 0,
      DiskRecoveryAction: 0,
    }),
    resource(witness, 'File Share Witness', 'Cluster Group', {
      SharePath: `\\\\DC1.${domain}\\witness`,
    }),
  ],
  witness,
};
