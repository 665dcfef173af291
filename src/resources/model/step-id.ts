/** What the id of a step is made of. */
export interface StepParts {
  readonly node: string;
  /** Whose step it is: a component of the site, or what no component owns alone (`windows`, `storage`). */
  readonly component: string;
  readonly kind: string;
  readonly name: string;
}

/** The id of a step: `node-1/clock/package/oriel-clock`. */
export function stepId({ node, component, kind, name }: StepParts): string {
  return `${node}/${component}/${kind}/${name}`;
}

/** The parts of an id, of whatever version; undefined where it is the id of no step. */
export function stepParts(id: string): StepParts | undefined {
  const [node, second, third, ...rest] = id.split('/');
  if (!node || !second || !third) return undefined;
  if (rest.length > 0) return { node, component: second, kind: third, name: rest.join('/') };
  return { node, component: firstOwner(second, third), kind: second, name: third };
}

/** An id as said on a node, without the node's own name: `clock/package/oriel-clock`; one of another node as it is. */
export function withinNode(node: string, id: string): string {
  return id.startsWith(`${node}/`) ? id.slice(node.length + 1) : id;
}

/**
 * Reads ids out of what an earlier run has written down: those of version 1, `node/kind/name`, become the id of the one step that
 * they meant. Whose that is, the steps of
 * today say (by their ids); where they do not, the kind does. Other texts stay as they are.
 */
export function idReader(today: readonly string[]): (id: string) => string {
  const known = new Map<string, string[]>();
  for (const { node, component, kind, name } of today.flatMap((id) => stepParts(id) ?? [])) {
    const old = `${node}/${kind}/${name}`;
    // What came later is none that version 1 could mean.
    if (firstOwners.has(component)) known.set(old, [...(known.get(old) ?? []), component]);
  }
  return (id) => {
    const parts = stepParts(id);
    if (!parts || id === stepId(parts)) return id;
    const [component, ...others] = known.get(id) ?? [];
    return stepId(component !== undefined && others.length === 0 ? { ...parts, component } : parts);
  };
}

/** Version 1 knew one component, which had its name in no id, and what stands beside it. */
const onlyComponent = 'glance';
const firstOwners: ReadonlySet<string> = new Set([onlyComponent, 'windows', 'storage']);
const ownersByKind: Readonly<Record<string, string>> = {
  'smb-share': 'storage',
  certificate: 'windows',
  'windows-feature': 'windows',
  reboot: 'windows',
};
/** Names of that component's directories; any other directory was that of a share. */
const ownDirectories: ReadonlySet<string> = new Set([
  ...['oriel', 'packages', 'kept', 'config', 'log', 'lock', 'staging'],
]);

/** Whose an id of version 1 was, by kind and name. */
function firstOwner(kind: string, name: string): string {
  if (kind === 'directory') return ownDirectories.has(name) ? onlyComponent : 'storage';
  return (Object.hasOwn(ownersByKind, kind) && ownersByKind[kind]) || onlyComponent;
}
