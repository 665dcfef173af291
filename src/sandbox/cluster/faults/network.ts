import { host } from '../change/change.ts';
import { stripChart } from '../healthy/host.ts';
import { hosts, scope } from '../healthy/names.ts';
import type { Cluster } from '../model/cluster.ts';
import type { ProgramAnswer } from '../model/host.ts';
import type { StorageFault } from './storage-fault.ts';

const program =
  (answer: ProgramAnswer) =>
  (cluster: Cluster): Cluster =>
    host({ programs: [answer, ...cluster.host.programs] })(cluster);
const record =
  (Name: string, Type: 'A' | 'CNAME', value: string) =>
  (cluster: Cluster): Cluster =>
    host({ records: [...cluster.host.records, { Name, Type, value }] })(cluster);
const server = `${scope}.example.org`;

const noTicket: ProgramAnswer = {
  command: 'klist get',
  exitCode: 1,
  stdout: [
    '',
    'Current LogonId is 0:0x3e7',
    'Error calling API LsaCallAuthenticationPackage (GetTicket substatus): 0x80090303',
    '',
    'klist failed with 0x80090303/-2146893053: The specified target is unknown or unreachable',
    '',
  ].join('\r\n'),
};

/** STO-05 to STO-09: names, ports, clocks, tickets, the SMB client. */
export const networkFaults = {
  'sto-05-alias': {
    effect: 'the name of the file server is an alias of one node',
    change: record(server, 'CNAME', `${hosts[0]}.example.org`),
    verdicts: { 'STO-05': 'fail' },
  },
  'sto-05-address-missing': {
    effect: 'the name of the file server leads to one of its two nodes',
    change: record(server, 'A', '10.20.0.11'),
    verdicts: { 'STO-05': 'fail' },
  },
  'sto-05-unknown-name': {
    effect: 'nobody knows the name of the file server',
    change: host({ unknown: [server, scope] }),
    verdicts: { 'STO-05': 'fail' },
  },
  'sto-06-port-closed': {
    effect: 'a firewall closes port 445 of one node',
    change: host({ closedPorts: { '10.20.0.12': [445] } }),
    verdicts: { 'STO-06': 'fail' },
  },
  'sto-06-witness-port': {
    effect: 'a firewall closes port 135 of the nodes: no witness',
    change: host({ closedPorts: { '10.20.0.11': [135], '10.20.0.12': [135] } }),
    verdicts: { 'STO-06': 'warn' },
  },
  'sto-07-twelve-hours': {
    effect: 'the clock of a node is twelve hours behind that of its domain',
    change: program(stripChart(['-43149.7300000s', '-43149.7311000s', '-43149.7298000s'])),
    verdicts: { 'STO-07': 'fail' },
  },
  'sto-07-two-minutes': {
    effect: 'the clock of a node is two minutes ahead of that of its domain',
    change: program(stripChart(['+120.1000000s', '+120.0900000s', '+120.1100000s'])),
    verdicts: { 'STO-07': 'warn' },
  },
  'sto-07-no-answer': {
    effect: 'the controller of the domain gives no time',
    change: program(stripChart(['error: 0x800705B4', 'error: 0x800705B4', 'error: 0x800705B4'])),
    verdicts: { 'STO-07': 'fail' },
  },
  'sto-07-german': {
    effect: 'the clock is right, and Windows writes a comma',
    change: program(stripChart(['+00,0012345s', '-00,0011873s', '+00,0012011s'])),
    verdicts: { 'STO-07': 'pass' },
  },
  'sto-08-secure-channel': {
    effect: 'a node and its domain no longer trust each other',
    change: host({ secureChannel: false }),
    verdicts: { 'STO-08': 'fail' },
  },
  'sto-08-no-ticket': {
    effect: 'Kerberos gives no ticket for the file server',
    change: program(noTicket),
    verdicts: { 'STO-08': 'fail' },
  },
  'sto-09-workstation-stopped': {
    effect: 'the service LanmanWorkstation does not run',
    change: host({ stopped: ['LanmanWorkstation'] }),
    verdicts: { 'STO-09': 'fail' },
  },
  'sto-09-smb1': {
    effect: 'the file server speaks SMB1',
    change: (cluster: Cluster): Cluster =>
      host({ serverConfiguration: { ...cluster.host.serverConfiguration, EnableSMB1Protocol: true } })(
        cluster,
      ),
    verdicts: { 'STO-09': 'warn' },
  },
  'sto-09-old-client': {
    effect: 'a policy holds the SMB client to dialect 2.1',
    change: (cluster: Cluster): Cluster =>
      host({
        clientConfiguration: {
          ...cluster.host.clientConfiguration,
          Smb2DialectMin: 'SMB202',
          Smb2DialectMax: 'SMB210',
        },
      })(cluster),
    verdicts: { 'STO-09': 'fail' },
  },
} satisfies Record<string, StorageFault>;
