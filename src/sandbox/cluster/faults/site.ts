import { all, change, host, set } from '../change/change.ts';
import { hosts, mountPoint, scope } from '../healthy/names.ts';
import type { Cluster } from '../model/cluster.ts';
import type { StorageFault } from './storage-fault.ts';

const sofs = `\\\\${scope}.example.org\\images`;
const member = (cluster: Cluster): Cluster => {
  const [first] = cluster.nodes;
  if (!first) return cluster;
  return { ...cluster, nodes: [...cluster.nodes, { ...first, Name: '{computer}', Id: '3' }] };
};

/** STO-01 to STO-04: what a Windows is, and how a node comes to the images. */
export const siteFaults = {
  'sto-01-too-old': {
    effect: 'the nodes have Windows Server 2008 R2',
    change: host({
      caption: 'Microsoft Windows Server 2008 R2 Enterprise',
      version: '6.1.7601',
      sku: 10,
    }),
    verdicts: { 'STO-01': 'fail' },
  },
  'sto-01-standard-edition': {
    effect: 'Storage Spaces Direct is on, and the edition of Windows is Standard',
    change: host({ caption: 'Microsoft Windows Server 2022 Standard', sku: 7 }),
    verdicts: { 'STO-01': 'fail' },
  },
  'sto-02-node-name': {
    effect: 'the images are opened by the name of one node',
    paths: [`\\\\${hosts[0]}\\images`],
    verdicts: { 'STO-02': 'fail' },
  },
  'sto-02-address': {
    effect: 'the images are opened by an address',
    paths: ['\\\\10.20.0.11\\images'],
    verdicts: { 'STO-02': 'fail' },
  },
  'sto-02-mapped-drive': {
    effect: 'the images are on a drive letter that is mapped',
    paths: ['Z:\\images'],
    verdicts: { 'STO-02': 'fail' },
  },
  'sto-02-hash-sign': {
    effect: 'the path of the images has a #',
    paths: [`${sofs}\\store#1`],
    verdicts: { 'STO-02': 'fail' },
  },
  'sto-03-two-paths': {
    effect: 'two nodes name the folder of the images in two ways',
    paths: [sofs, `${mountPoint}\\images`],
    verdicts: { 'STO-03': 'fail' },
  },
  'sto-04-member-opens-share': {
    effect: 'a node of the cluster opens the share of its own cluster',
    change: member,
    paths: [sofs],
    verdicts: { 'STO-04': 'fail' },
  },
  'sto-04-no-member': {
    effect: 'a node opens the volume of a cluster that it is no member of',
    change: set({ outside: ['{computer}'] }),
    paths: [`${mountPoint}\\images`],
    verdicts: { 'STO-04': 'fail' },
  },
  'sto-04-member-paused': {
    effect: 'a node that opens the volume is paused in its cluster',
    change: all(
      member,
      change('nodes', { State: 'Paused' }, ({ Name }) => Name === '{computer}'),
    ),
    paths: [`${mountPoint}\\images`],
    verdicts: { 'STO-04': 'fail', 'STO-11': 'fail' },
  },
} satisfies Record<string, StorageFault>;
