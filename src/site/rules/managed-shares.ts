import { nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import { ownerOf } from '../grammar/share-node.ts';
import type { SiteFragment } from '../grammar/site.ts';
import type { YamlFinding } from '../yaml/finding.ts';

const home = ['storage', 'shares'];
type WrittenShare = NonNullable<NonNullable<NonNullable<SiteFragment['storage']>['shares']>[string]>;

/** What only a share that oriel makes has; of one that is there already they would say nothing to anybody. */
const makesSense: FragmentRule = ({ storage }) =>
  entries(storage).flatMap(([name, share]): readonly YamlFinding[] => {
    if (share.manage) return [];
    const asked = [
      ...(['scope', 'folder', 'access', 'quota', 'volume'] as const).filter(
        (key) => share[key] !== undefined,
      ),
      ...(['continuously_available', 'encrypt'] as const).filter((key) => share[key] === true),
    ];
    const hint = 'write `manage: true`, or leave this key out';
    return asked.map((key) => ({
      path: [...home, name, key],
      on: 'key',
      message: `\`${key}\` says how a share is made, and this one is there already`,
      hint,
    }));
  });

const isWhole: FragmentRule = ({ storage }) =>
  managed(storage).flatMap(([name, share]): readonly YamlFinding[] => {
    const at = [...home, name];
    const found: YamlFinding[] = [];
    const miss = (message: string, hint: string): void =>
      void found.push({ path: [...at, 'manage'], message, hint });
    if ((share.access ?? []).length === 0)
      miss('nobody would have access to this share', 'access: [EXAMPLE\\service$]');
    if (share.folder === undefined && isShared(share))
      miss('the folder behind this share is missing', 'folder: C:\\ClusterStorage\\Volume1\\images');
    return found;
  });

type Refuse = (key: keyof WrittenShare, message: string, hint: string) => YamlFinding;

function refusedOnVolume(share: WrittenShare, refuse: Refuse): readonly YamlFinding[] {
  const keys = (['scope', 'folder', 'continuously_available', 'encrypt'] as const).filter(
    (key) => share[key],
  );
  const message = 'a cluster shared volume is not a share: nodes open its `path` by themselves';
  const found = keys.map((key) => refuse(key, message, 'leave this key out'));
  if (share.quota === undefined) return found;
  const hint = 'leave this key out, and limit what the service takes';
  return [...found, refuse('quota', 'Windows supports no quota on a cluster shared volume', hint)];
}

/** A cluster shared volume is a folder that its nodes open by themselves. */
const fitsKind: FragmentRule = ({ storage }) =>
  managed(storage).flatMap(([name, share]): readonly YamlFinding[] => {
    const at = [...home, name];
    const refuse = (key: keyof WrittenShare, message: string, hint: string): YamlFinding => ({
      path: [...at, key],
      on: 'key',
      message,
      hint,
    });
    if (!isShared(share)) return refusedOnVolume(share, refuse);
    const local = share.folder !== undefined && !/^[A-Za-z]:\\/.test(share.folder);
    const quota =
      share.quota !== undefined && (share.kind === 'sofs' || share.continuously_available === true);
    const single =
      share.kind !== 'sofs' && share.continuously_available === true && share.scope === undefined;
    return [
      ...(local ? [refuse('folder', 'the folder is one of the node, not a share', 'C:\\folder')] : []),
      ...(quota
        ? [
            refuse(
              'quota',
              'Windows supports no quota on a scale-out file server',
              'leave this key out, and limit what the service takes',
            ),
          ]
        : []),
      ...(single
        ? [
            refuse(
              'continuously_available',
              'only a clustered file server keeps files open over a failover',
              'write `kind: sofs`, or the `scope` of the cluster',
            ),
          ]
        : []),
    ];
  });

/** A volume is made where its share has the folder. */
const volumeHasFolder: FragmentRule = ({ storage }) =>
  managed(storage).flatMap(([name, { volume, folder, path = '' }]): readonly YamlFinding[] => {
    if (!volume || /^[A-Za-z]:\\ClusterStorage\\[^\\]+/i.test(folder ?? path)) return [];
    const message = 'the folder of this share is on no volume of a cluster';
    return [
      {
        path: [...home, name, 'volume'],
        on: 'key',
        message,
        hint: 'folder: C:\\ClusterStorage\\Volume1\\images',
      },
    ];
  });

/** Every share has a node that makes it. */
const someNodeMakes: FragmentRule = ({ storage, nodes }) => {
  const makers = storageNodes(nodes);
  return managed(storage).flatMap(([name, { kind, path = '' }]): readonly YamlFinding[] => {
    const at = [...home, name, 'manage'];
    if (makers.length === 0) {
      const hint = 'give one the role: roles: [storage]';
      return [{ path: at, message: 'no node makes this share', hint }];
    }
    const alone = kind !== 'sofs' && kind !== 'csv' && path.startsWith('\\\\');
    if (!alone || makers.length === 1 || ownerOf(path, makers)) return [];
    const names = makers.map((node) => node.name).join(', ');
    const message = `which of ${names} makes this share is not known`;
    return [{ path: at, message, hint: 'its path begins with the name or the address of one of them' }];
  });
};

/** A node of a file server is asked about its shares, whether or not we make them. */
const keeperHasShare: FragmentRule = ({ storage, nodes }) => {
  if (entries(storage).length > 0) return [];
  return nodeEntries(nodes).flatMap(({ settings: { roles = [] }, at }): readonly YamlFinding[] => {
    const index = roles.indexOf('storage');
    if (index < 0) return [];
    const message = 'there is no share to make or to look at: storage.shares is empty';
    return [{ path: [...at('roles'), index], message, hint: 'write one, or leave this role out' }];
  });
};

function entries(storage: SiteFragment['storage']): readonly (readonly [string, WrittenShare])[] {
  return Object.entries(storage?.shares ?? {}).map(([name, share]) => [name, share ?? {}]);
}

function managed(storage: SiteFragment['storage']): readonly (readonly [string, WrittenShare])[] {
  return entries(storage).filter(([, { manage }]) => manage);
}

function isShared({ kind, path = '' }: WrittenShare): boolean {
  return kind !== 'csv' && path.startsWith('\\\\');
}

function storageNodes(nodes: SiteFragment['nodes']) {
  return nodeEntries(nodes)
    .filter(({ settings: { roles = [] } }) => roles.includes('storage'))
    .map(({ name, settings: { address } }) => ({ name, address }));
}

export const managedShareRules: readonly FragmentRule[] = [
  makesSense,
  isWhole,
  fitsKind,
  volumeHasFolder,
  someNodeMakes,
  keeperHasShare,
];
