import { isIP } from 'node:net';
import { nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import { ownerOf, uncOf } from '../grammar/share-node.ts';
import type { SiteFragment } from '../grammar/site.ts';
import type { YamlFinding } from '../yaml/finding.ts';

const clusterVolume = /^[Cc]:\\ClusterStorage\\[^\\]/i;

/** A UNC path for sofs and smb, a cluster shared volume for csv; a service sees no mapped drive. */
const pathFitsKind: FragmentRule = ({ storage }) =>
  shares(storage).flatMap(([name, { kind, path }]): readonly YamlFinding[] => {
    if (path === undefined) return [];
    const at = ['storage', 'shares', name, 'path'];
    if (path.startsWith('\\\\')) {
      if (kind !== 'csv') return [];
      const message = 'a share of kind csv is a folder of the node, not a UNC path';
      return [{ path: at, message, hint: 'C:\\ClusterStorage\\Volume1\\folder' }];
    }
    if (clusterVolume.test(path)) {
      if (kind === undefined || kind === 'csv') return [];
      const message = `a share of kind ${kind} is opened by its UNC path`;
      return [{ path: at, message, hint: 'write \\\\server\\share, or `kind: csv`' }];
    }
    const message = `\`${path}\` is neither a UNC path nor a cluster shared volume; a service sees no mapped drive`;
    return [{ path: at, message, hint: 'write \\\\server\\share or C:\\ClusterStorage\\Volume1\\folder' }];
  });

/** A share opened by an address or by the name of one node goes away with it, and Kerberos knows no addresses. */
const serverNameLasts: FragmentRule = ({ storage, nodes }) =>
  shares(storage).flatMap(([name, { path }]): readonly YamlFinding[] => {
    const server = path && uncOf(path).server;
    if (!server) return [];
    const at = ['storage', 'shares', name, 'path'];
    const hosts = nodeEntries(nodes).map(({ name: node, settings: { address } }) => ({
      name: node,
      address,
    }));
    const owner = ownerOf(path, hosts);
    const hint = 'use the name of the scale-out file server';
    if (isIP(server)) {
      const message = `\`${server}\` is an address: no Kerberos, no failover to another server`;
      return [{ path: at, message, hint, warning: true }];
    }
    if (!owner) return [];
    const message = `\`${server}\` is the node ${owner.name}: the share is gone when that node is`;
    return [{ path: at, message, hint, warning: true }];
  });

function shares(storage: SiteFragment['storage']) {
  return Object.entries(storage?.shares ?? {}).map(([name, share]) => [name, share ?? {}] as const);
}

export const shareRules: readonly FragmentRule[] = [pathFitsKind, serverNameLasts];
