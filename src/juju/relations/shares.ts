import { saidBy, textOption } from '../gather/facts.ts';
import { imagesAt } from '../site/images.ts';
import { condition } from '../status/condition.ts';
import type { Reading, RelationHandler, Surroundings } from './handler.ts';
import { marshalled, unmarshalledMap } from './marshalled.ts';

/** What our images are called on the other side. */
const volume = 'images';

/** `smb-share` of a file server: we name a share and who may use it, it gives the path. */
export const smbShare: RelationHandler = {
  request: (_, { facts, share }) => ({
    'share-name': volume,
    accounts: marshalled(accountsOf(textOption(facts, 'service-account'), share.all)),
  }),
  read: (relation, surroundings) => at('smb-share', saidBy(relation, 'share'), surroundings),
};

/** `csv`: we name a volume, the cluster gives a map from volumes to paths. */
export const csv: RelationHandler = {
  request: () => ({ 'volume-name': volume }),
  read(relation, surroundings) {
    const text = saidBy(relation, 'csv-paths');
    if (text === undefined) return at('csv', undefined, surroundings);
    return at('csv', unmarshalledMap(text)[volume], surroundings);
  },
};

/** The computer accounts of the nodes, where the service is no account of the domain. */
function accountsOf(account: string | undefined, nodes: Surroundings['share']['all']): readonly string[] {
  if (account?.includes('\\')) return [account];
  return nodes.map(({ name }) => `${name.toUpperCase()}$`);
}

/** An option that names a folder wins over the relation. */
function at(endpoint: string, path: string | undefined, { facts }: Surroundings): Reading {
  if (textOption(facts, 'filesystem-store-datadir') !== undefined) return { conditions: [] };
  if (path === undefined)
    return { conditions: [condition('relation-incomplete', { endpoint, what: `path for ${volume}` })] };
  if (!/^(\\\\|[a-z]:\\)/i.test(path))
    return { conditions: [condition('relation-path', { endpoint, path })] };
  return { conditions: [], part: imagesAt(facts.charm.component, path) };
}
