import {
  applicationNamed,
  applicationOf,
  type Bag,
  isPeer,
  type ModelRelation,
  otherSide,
  relationNamed,
  unitNamed,
} from '../model.ts';
import { type HookContext, mapOf, pairsOf, type Tool, type ToolCall, ToolRefusal } from './tool.ts';

export const relationTools: Readonly<Record<string, Tool>> = {
  'relation-ids': (context, { words: [name = ''] }) => {
    const own = applicationOf(context.unit);
    return Object.values(context.model.relations)
      .filter((relation) => relation.endpoints[own] === name && isListed(context, relation))
      .map(({ id }) => id)
      .sort();
  },
  'relation-list': (context, call) => {
    const relation = relationOf(context, call);
    if (call.options.app) return otherSide(relation, applicationOf(context.unit));
    return [...(unitNamed(context.model, context.unit).members[relation.id] ?? [])].sort();
  },
  'relation-get': (context, call) => {
    const relation = relationOf(context, call);
    const [key = '-', owner = context.moment.remoteUnit ?? ''] = call.words;
    const bag = readBag(context, relation, ownerOf(context, relation, owner, call));
    return key === '-' ? bag : (bag[key] ?? null);
  },
  'relation-set': (context, call) => {
    const relation = relationOf(context, call);
    assertCreated(context, relation);
    const application = call.options.app !== undefined;
    const { leader } = applicationNamed(context.model, applicationOf(context.unit));
    if (application && leader !== context.unit)
      throw new ToolRefusal(
        'cannot write relation settings: permission denied (unauthorized access): not the leader',
      );
    const owner = application ? applicationOf(context.unit) : context.unit;
    const key = `${relation.id} ${owner}`;
    const file = call.options.file === undefined ? {} : mapOf(call.input);
    context.bags.set(key, { ...context.bags.get(key), ...file, ...pairsOf(call.words) });
  },
};

/** Peers stand in the list from the first hook on, all others once they were created. */
function isListed({ model, unit, moment }: HookContext, relation: ModelRelation): boolean {
  if (moment.kind === 'broken' && moment.relation === relation.id) return model.listsBroken;
  return isPeer(relation) || unitNamed(model, unit).created.includes(relation.id);
}

function relationOf({ model, moment }: HookContext, { options }: ToolCall): ModelRelation {
  const id = options.r ?? moment.relation;
  if (id === undefined) throw new ToolRefusal('no relation id specified', 2);
  if (!model.relations[id])
    throw new ToolRefusal(`invalid value "${id}" for option -r: relation not found`, 2);
  return relationNamed(model, id);
}

function ownerOf(context: HookContext, relation: ModelRelation, owner: string, call: ToolCall): string {
  const own = applicationOf(context.unit);
  if (call.options.app === undefined && owner !== '') return owner;
  return owner === '' ? otherSide(relation, own) : applicationOf(owner);
}

function assertCreated({ model, unit, moment }: HookContext, { id }: ModelRelation): void {
  const broken = moment.kind === 'broken' && moment.relation === id;
  if (!broken && !unitNamed(model, unit).created.includes(id))
    throw new ToolRefusal(`cannot read relation settings: permission denied (relation ${id})`);
}

function readBag(context: HookContext, relation: ModelRelation, owner: string): Bag {
  assertCreated(context, relation);
  const own = applicationOf(context.unit);
  const { leader } = applicationNamed(context.model, own);
  if (owner === own && leader !== context.unit && !isPeer(relation))
    throw new ToolRefusal('ERROR permission denied');
  const bag = relation.bags[owner];
  if (!bag) throw new ToolRefusal(`cannot read settings for unit "${owner}": settings not found`);
  return { ...withChanges(bag, context.bags.get(`${relation.id} ${owner}`)) };
}

/** A bag with what was changed; an empty text deletes a key. */
export function withChanges(bag: Bag, changes: Bag | undefined): Bag {
  return Object.fromEntries(Object.entries({ ...bag, ...changes }).filter(([, value]) => value !== ''));
}
