import { type CheckTable, changed } from '../harness.ts';

const nodes = ['S2D-1', 'S2D-2'].map((Name) => ({
  Name,
  State: 'Up',
  StatusInformation: 'Normal',
  DrainStatus: 'NotInitiated',
}));
const groups = [
  { Name: 'Cluster Group', GroupType: 'Cluster', State: 'Online', OwnerNode: 'S2D-1' },
  { Name: 'SOFS1', GroupType: 'ScaleoutFileServer', State: 'Online', OwnerNode: 'S2D-1' },
];
const resource = (Name: string, ResourceType: string, OwnerGroup = 'SOFS1') => ({
  Name,
  ResourceType,
  OwnerGroup,
  State: 'Online',
});
const resources = [
  resource('SOFS1', 'Distributed Network Name'),
  resource('Scale-Out File Server (\\\\SOFS1)', 'Scale Out File Server'),
  resource('File Share Witness', 'File Share Witness', 'Cluster Group'),
];
const networks = [
  { Name: 'Storage', Role: 'Cluster', State: 'Up', Address: '10.1.0.0' },
  { Name: 'Clients', Role: 'ClusterAndClient', State: 'Up', Address: '10.0.0.0' },
];
const server = { side: 'server' } as const;
export const clusterTables: readonly CheckTable[] = [
  {
    ...server,
    check: 'STO-10',
    healthy: { 'Get-ClusterGroup': groups, 'Get-ClusterResource': resources },
    shown: ['OwnerNode'],
    cases: [
      {
        title: 'types and states as numbers',
        answers: { 'Get-ClusterGroup': changed(groups, { GroupType: 114, State: 0 }, 1) },
        verdict: 'pass',
      },
      {
        title: 'no such role',
        answers: { 'Get-ClusterGroup': groups.slice(0, 1), 'Get-ClusterResource': resources.slice(2) },
        verdict: 'fail',
        remedy: /^Add-ClusterScaleOutFileServerRole -Name sofs1$/,
      },
      {
        title: 'offline',
        answers: { 'Get-ClusterGroup': changed(groups, { State: 'Offline' }, 1) },
        verdict: 'fail',
        remedy: /^Start-ClusterGroup -Name SOFS1$/,
      },
      {
        title: 'on one node at a time',
        answers: { 'Get-ClusterGroup': changed(groups, { GroupType: 100 }, 1) },
        verdict: 'fail',
        message: /FileServer, not a scale-out/,
      },
      {
        title: 'another cluster whose type begins alike',
        answers: { 'Get-ClusterGroup': changed(groups, { GroupType: 118 }, 1) },
        verdict: 'fail',
      },
      {
        title: 'name offline',
        answers: { 'Get-ClusterResource': changed(resources, { State: 3 }) },
        verdict: 'fail',
        message: /SOFS1 is Offline/,
        remedy: /Start-ClusterResource -Name SOFS1/,
      },
      {
        title: 'without a name',
        answers: { 'Get-ClusterResource': resources.slice(1) },
        verdict: 'fail',
        message: /no network name/,
        remedy: /1069, 1194 and 1205/,
      },
      {
        title: 'no groups at all',
        answers: { 'Get-ClusterGroup': [] },
        verdict: 'fail',
      },
    ],
  },
  {
    ...server,
    check: 'STO-11',
    healthy: { 'Get-ClusterNode': nodes },
    anyName: true,
    cases: [
      {
        title: 'states as numbers',
        answers: {
          'Get-ClusterNode': nodes.map((row) => ({ ...row, State: 0, StatusInformation: 0, DrainStatus: 0 })),
        },
        verdict: 'pass',
      },
      {
        title: 'one down of three',
        answers: { 'Get-ClusterNode': [...nodes, { ...nodes[0], Name: 'S2D-3', State: 'Down' }] },
        verdict: 'fail',
        message: /S2D-3 is Down/,
        remedy: /^Start-ClusterNode -Name S2D-3$/,
      },
      {
        title: 'one paused of three',
        answers: {
          'Get-ClusterNode': [
            ...nodes,
            { ...nodes[0], Name: 'S2D-3', State: 'Paused', DrainStatus: 'Completed' },
          ],
        },
        verdict: 'fail',
        remedy: /^Resume-ClusterNode -Name S2D-3$/,
      },
      {
        title: 'one left',
        answers: { 'Get-ClusterNode': changed(nodes, { State: 1 }) },
        verdict: 'fail',
        message: /1 of 2 nodes up/,
      },
      {
        title: 'quarantined',
        answers: { 'Get-ClusterNode': changed(nodes, { StatusInformation: 2 }) },
        verdict: 'fail',
        remedy: /-ClearQuarantine/,
      },
      {
        title: 'isolated',
        answers: { 'Get-ClusterNode': changed(nodes, { StatusInformation: 'Isolated, DrainFailed' }) },
        verdict: 'fail',
        message: /isolated/,
      },
      { title: 'a server in no cluster', share: { kind: 'smb' }, verdict: 'skip' },
    ],
  },
  {
    ...server,
    check: 'STO-12',
    healthy: {
      'Get-ClusterQuorum': [{ QuorumType: 'Majority', 'QuorumResource.Name': 'File Share Witness' }],
      'Get-ClusterNode': nodes,
      'Get-ClusterResource': resources,
    },
    anyName: true,
    shown: ['OwnerGroup'],
    cases: [
      {
        title: 'none, two nodes',
        answers: { 'Get-ClusterQuorum': [{ QuorumType: 'Majority' }] },
        verdict: 'fail',
        message: /2 nodes has no witness/,
        remedy: /Set-ClusterQuorum/,
      },
      {
        title: 'none, three nodes',
        answers: {
          'Get-ClusterQuorum': [{ QuorumType: 'Majority', 'QuorumResource.Name': '' }],
          'Get-ClusterNode': [...nodes, { Name: 'S2D-3' }],
        },
        verdict: 'warn',
      },
      {
        title: 'offline',
        answers: { 'Get-ClusterResource': changed(resources, { State: 'Failed' }, 2) },
        verdict: 'fail',
        remedy: /^Start-ClusterResource -Name 'File Share Witness'$/,
      },
      {
        title: 'offline, three nodes',
        answers: {
          'Get-ClusterResource': changed(resources, { State: 4 }, 2),
          'Get-ClusterNode': [...nodes, { Name: 'S2D-3' }],
        },
        verdict: 'warn',
      },
      {
        title: 'a cloud witness',
        answers: {
          'Get-ClusterQuorum': [{ QuorumType: 'Majority', 'QuorumResource.Name': 'Cloud Witness' }],
          'Get-ClusterResource': [resource('Cloud Witness', 'Cloud Witness')],
        },
        verdict: 'pass',
      },
    ],
  },
  {
    ...server,
    check: 'STO-13',
    healthy: { 'Get-ClusterNetwork': networks },
    anyName: true,
    shown: ['Address'],
    cases: [
      {
        title: 'roles as numbers',
        answers: {
          'Get-ClusterNetwork': networks.map((row, index) => ({
            ...row,
            Role: index === 0 ? 1 : 3,
            State: 3,
          })),
        },
        verdict: 'pass',
      },
      {
        title: 'none for clients',
        answers: { 'Get-ClusterNetwork': changed(networks, { Role: 1 }, 1) },
        verdict: 'fail',
        remedy: /\(Get-ClusterNetwork Storage\)\.Role = 3/,
      },
      {
        title: 'partitioned',
        answers: { 'Get-ClusterNetwork': changed(networks, { State: 2 }) },
        verdict: 'fail',
        message: /Storage \(Cluster\) is Partitioned/,
      },
      {
        title: 'down, and of no use',
        answers: { 'Get-ClusterNetwork': changed(networks, { State: 1, Role: 0 }) },
        verdict: 'pass',
      },
    ],
  },
];
