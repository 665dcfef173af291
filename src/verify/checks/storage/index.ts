import type { Deployment, NodeSettings, Share } from '../../../site/deployment.ts';
import { uncOf } from '../../../site/grammar/share-node.ts';
import { type Check, type CheckContext, checkId, skip } from '../../check.ts';
import { storageCheckList } from './list.ts';
import type { Side, StorageCheck, StorageUse, Subject } from './model/check.ts';
import { askAndJudge, isFresh } from './run/ask.ts';
import { aboutShare, serversOf } from './run/servers.ts';

const component = 'storage';

/** Where a check of a share runs, or that no node of the site can run it. */
type Place = { readonly subject: Subject } | { readonly share: Share; readonly nobody: string };

/**
 * The checks of all shares of a site: from each node that uses one, and from each that has it. What a node of the site is needed for
 * and no node is named is skipped, and says so.
 */
export function storageChecks(deployment: Deployment, uses: readonly StorageUse[]): readonly Check[] {
  const shares = Object.values(deployment.shares);
  return storageCheckList.flatMap((check) => {
    const places = shares.flatMap((share) =>
      check.sides.flatMap((side) => placesOf(side, share, deployment, uses)),
    );
    const chosen = check.per === 'share' ? places : onePerNode(check, places);
    return distinct(chosen.map((place) => toCheck(check, place)));
  });
}

/** A node that is asked once is asked about the first of its shares of which there is something to ask. */
function onePerNode(check: StorageCheck, places: readonly Place[]): readonly Place[] {
  const nodes = [...new Set(places.map(nodeOf))];
  const askable = (place: Place): boolean =>
    'subject' in place && check.except?.(place.subject) === undefined;
  return nodes.flatMap((node) => {
    const own = places.filter((place) => nodeOf(place) === node);
    return own.find(askable) ?? own[0] ?? [];
  });
}

/** A node that has a share and uses it runs a check of both sides once. */
function distinct(checks: readonly Check[]): readonly Check[] {
  return [...new Map(checks.toReversed().map((check) => [check.id, check])).values()].toReversed();
}

/** The node that is asked; without one, the file server that nobody can be asked about. */
function nodeOf(place: Place): string {
  return 'subject' in place ? place.subject.node.name : (uncOf(place.share.path).server ?? place.share.name);
}

function placesOf(
  side: Side,
  share: Share,
  deployment: Deployment,
  uses: readonly StorageUse[],
): readonly Place[] {
  const subject = (node: NodeSettings): Place => {
    const use =
      side === 'client' ? uses.find((one) => one.node === node.name && one.share === share.name) : undefined;
    return { subject: { ...aboutShare(share, deployment, uses), node, ...(use && { use }) } };
  };
  const users = deployment.nodes.filter(({ name }) =>
    uses.some((one) => one.node === name && one.share === share.name),
  );
  if (side === 'client') return users.map(subject);
  const servers = serversOf(share, deployment);
  const asked =
    share.kind === 'csv' ? [...servers, ...users.filter((node) => !servers.includes(node))] : servers;
  if (asked.length > 0) return asked.map(subject);
  const nobody = `the site names no node of ${uncOf(share.path).server ?? 'the cluster'}: give one the role storage`;
  return [{ share, nobody }];
}

function toCheck(check: StorageCheck, place: Place): Check {
  const { title, why, remedy, per, needs = [] } = check;
  const share = 'subject' in place ? place.subject.share : place.share;
  const node = nodeOf(place);
  const idOf = (id: string): string => checkId(node, component, id, ...(per === 'share' ? [share.name] : []));
  const mode = check.cleansUp ? ({ cleansUp: true } as const) : ({ concurrent: true } as const);
  // What looks at the probe needs one, also where no node can be asked.
  const writes = (check.writes ?? check.needsProbe) && ({ writes: true } as const);
  const own = { id: idOf(check.id), title, why, remedy, node, ...mode, ...writes };
  const reason = 'nobody' in place ? place.nobody : check.except?.(place.subject);
  if (reason !== undefined || !('subject' in place))
    return { ...own, needs: [], run: async () => skip(reason ?? '') };
  const tried = needs.filter((id) => !storageCheckList.find((one) => one.id === id)?.except?.(place.subject));
  const probes = check.needsProbe ? probesFor(place.subject) : {};
  return {
    ...own,
    ...(!isFresh(check) && { asks: Object.values(check.ask(place.subject)) }),
    needs: [...tried.map(idOf), ...Object.values(probes)],
    run: (context) => askAndJudge(check, { ...place.subject, probes: found(probes, context) }, context),
  };
}

/** The ids of the probes that a check needs, by node: that of the node itself, or of all that use the share. */
function probesFor({ share, use, uses }: Subject): Readonly<Record<string, string>> {
  const own = use ? [use] : uses.filter((one) => one.share === share.name);
  return Object.fromEntries(own.map(({ node }) => [node, checkId(node, component, 'STO-27', share.name)]));
}

function found(probes: Readonly<Record<string, string>>, { evidence }: CheckContext) {
  return Object.fromEntries(Object.entries(probes).map(([node, id]) => [node, evidence(id)]));
}
