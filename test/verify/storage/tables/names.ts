import { type CheckTable, changed } from '../harness.ts';

const record = (IPAddress: string, Type = 'A') => ({ Name: 'sofs1.example.org', Type, IPAddress });
const records = [record('10.20.0.11'), record('10.20.0.12')];
const nodes = ['S2D-1', 'S2D-2'].map((Name) => ({ Name, State: 'Up' }));
const client = { side: 'client' } as const;
const connected = (closed: string) => (call: { parameters?: unknown }) => {
  const { ComputerName, Port } = call.parameters as { ComputerName: string; Port: number };
  return [{ RemoteAddress: ComputerName, TcpTestSucceeded: `${ComputerName} ${Port}` !== closed }];
};

export const nameTables: readonly CheckTable[] = [
  {
    side: 'server',
    check: 'STO-05',
    healthy: {
      'Resolve-DnsName': records,
      'Get-ClusterNode': nodes,
      'Get-ClusterNetwork': [
        { Name: 'Clients', Role: 3 },
        { Name: 'Storage', Role: 1 },
      ],
      'Get-ClusterNetworkInterface': [
        { Node: 'S2D-1', Network: 'Clients', Address: '10.20.0.11' },
        { Node: 'S2D-2', Network: 'Clients', Address: '10.20.0.12' },
        { Node: 'S2D-1', Network: 'Storage', Address: '10.30.0.11' },
      ],
    },
    mayBeEmpty: ['Get-ClusterNode', 'Get-ClusterNetwork', 'Get-ClusterNetworkInterface'],
    mayFail: ['Get-ClusterNode', 'Get-ClusterNetwork', 'Get-ClusterNetworkInterface'],
    shown: ['Resolve-DnsName.Name', 'NameHost'],
    anyName: true,
    cases: [
      {
        title: 'one address is missing',
        answers: { 'Resolve-DnsName': records.slice(0, 1) },
        verdict: 'fail',
        message: /does not lead to 10\.20\.0\.12 of S2D-2/,
      },
      {
        title: 'a node that is down has none',
        answers: {
          'Resolve-DnsName': records.slice(0, 1),
          'Get-ClusterNode': changed(nodes, { State: 'Down' }, 1),
        },
        verdict: 'pass',
      },
      {
        title: 'an alias',
        answers: {
          'Resolve-DnsName': [...records, { Name: 'x', Type: 'CNAME', NameHost: 's2d-1.example.org' }],
        },
        verdict: 'fail',
        remedy: /CNAME/,
      },
      {
        title: 'an alias alone',
        answers: { 'Resolve-DnsName': [{ Name: 'x', Type: 5, NameHost: 'y' }] },
        verdict: 'fail',
        message: /has no address/,
      },
    ],
  },
  {
    ...client,
    check: 'STO-06',
    healthy: { 'Resolve-DnsName': records, 'Test-NetConnection': connected('') },
    mayBeEmpty: ['Test-NetConnection'],
    shown: ['Resolve-DnsName.Name', 'NameHost', 'RemoteAddress', 'TcpTestSucceeded'],
    anyName: true,
    cases: [
      {
        title: 'closed',
        answers: { 'Test-NetConnection': connected('10.20.0.12 445') },
        verdict: 'fail',
        remedy: /open TCP 445 to 10\.20\.0\.12/,
      },
      {
        title: 'no witness',
        answers: { 'Test-NetConnection': connected('10.20.0.11 135') },
        verdict: 'warn',
        message: /no witness/,
      },
      { title: 'no answer', answers: { 'Test-NetConnection': () => [] }, verdict: 'fail' },
      {
        title: 'an answer that says nothing',
        answers: { 'Test-NetConnection': () => [{}] },
        verdict: 'fail',
      },
    ],
  },
];
