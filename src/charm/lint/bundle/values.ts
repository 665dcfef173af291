const constraints = [
  ...[
    'arch',
    'container',
    'cores',
    'cpu-cores',
    'cpu-power',
    'mem',
    'root-disk',
    'root-disk-source',
    'tags',
    'instance-role',
  ],
  ...[
    'instance-type',
    'spaces',
    'virt-type',
    'zones',
    'allocate-public-ip',
    'image-id',
    'nested-virtualization',
  ],
];
const sizes = ['mem', 'root-disk'];
const numbers = ['cores', 'cpu-cores', 'cpu-power'];
const architectures = ['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x'];

/** Why Juju takes no such constraints; undefined where it does. */
export function constraintsProblem(text: string): string | undefined {
  const seen = new Set<string>();
  for (const word of text.trim().split(/(?<!\\)\s+/)) {
    if (word === '') continue;
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(word) ?? [];
    if (!word.includes('=')) return `\`${word}\` has no value`;
    if (!constraints.includes(key)) return `there is no constraint \`${key}\``;
    if (seen.has(key)) return `\`${key}\` is there twice`;
    seen.add(key);
    if (sizes.includes(key) && value && !/^\d+(\.\d+)?[MGTPEZY]?$/.test(value))
      return `\`${value}\` is not a size`;
    if (numbers.includes(key) && value && !/^\d+$/.test(value)) return `\`${value}\` is not a whole number`;
    if (key === 'arch' && value && !architectures.includes(value))
      return `there is no architecture \`${value}\``;
  }
  return undefined;
}

/** `[pool,][count,][size]` in any order. */
export function isStorage(text: string): boolean {
  return text
    .split(',')
    .every((part) => /^([a-zA-Z]+[-?a-zA-Z0-9]*|\d+|\d+(\.\d+)?[MGTPEZY](i?B)?)$/.test(part));
}

/** `[count,]type[,key=value;...]` */
export function isDevice(text: string): boolean {
  return /^(\d+,)?[a-z0-9][a-z0-9./-]*(,[^,=]+=.*)?$/.test(text);
}

/** `ubuntu@22.04/stable` */
export function isBase(text: string): boolean {
  return /^(ubuntu|centos|genericlinux)@[a-z0-9.]+(\/(stable|candidate|beta|edge))?$/.test(text);
}

/** `[controller:][user/]model.offer[:endpoint]` */
export function isOfferUrl(text: string): boolean {
  return /^([a-z0-9.-]+:)?([a-zA-Z0-9.+@-]+\/)?[a-z0-9-]+\.[a-z0-9-]+(:[a-z0-9_-]+)?$/.test(text);
}

export interface Placement {
  readonly container?: string;
  readonly application?: string;
  readonly unit?: number;
  readonly machine?: string;
}

/** `[container:](application[/unit]|machine|new)`; undefined where it is none. */
export function placementOf(text: string): Placement | undefined {
  const found = /^(?:([a-z]+):)?(?:([a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*)(?:\/(\d+))?|(\d+))$/.exec(
    text,
  );
  if (!found) return undefined;
  const [, container, application, unit, machine] = found;
  if (application === 'new' && unit !== undefined) return undefined;
  return {
    ...(container !== undefined && { container }),
    ...(application !== undefined && application !== 'new' && { application }),
    ...(unit !== undefined && { unit: Number(unit) }),
    ...(machine !== undefined && { machine }),
  };
}

/** The parts of a charm of a store: `[ch:|local:]name[-revision]`; undefined where it is none. */
export function charmUrl(
  text: string,
): { readonly scheme: string; readonly name: string; readonly revision?: string } | undefined {
  const found =
    /^(?:(ch|local|cs):)?(?:(?:~[a-z0-9-]+\/)?[a-z0-9]+\/)*([a-z][a-z0-9]*(?:-[a-z0-9]*[a-z][a-z0-9]*)*)(?:-(\d+))?$/.exec(
      text,
    );
  if (!found) return undefined;
  const [, scheme = '', name = '', revision] = found;
  return { scheme, name, ...(revision !== undefined && { revision }) };
}
