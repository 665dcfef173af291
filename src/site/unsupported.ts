import type { Finding } from './finding.ts';
import { valueAt } from './issues.ts';
import type { KeyPath } from './rule.ts';

interface Gap {
  /** The key; `*` stands for every name or list item. */
  readonly at: KeyPath;
  /** Values that ask for nothing that is missing; without it every value does. */
  readonly fine?: (value: unknown) => boolean;
  readonly hint?: string;
}

const is =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);
const existing = 'share, permissions and volume have to be in place already; leave this key out';

/** What the grammar knows and the product cannot do yet. An entry goes when its capability comes. */
const gaps: readonly Gap[] = [
  {
    at: ['storage', 'shares', '*', 'manage'],
    fine: is(false),
    hint: 'create the share, and write `manage: false`',
  },
  ...['scope', 'folder', 'free'].map((key) => ({ at: ['storage', 'shares', '*', key], hint: existing })),
  {
    at: ['storage', 'shares', '*', 'access'],
    fine: (value) => Array.isArray(value) && value.length === 0,
    hint: existing,
  },
  ...['continuously_available', 'encrypt'].map((key) => ({
    at: ['storage', 'shares', '*', key],
    fine: is(false),
    hint: existing,
  })),
  { at: ['components', 'glance', 'features', '*'], fine: is('api'), hint: 'only `api` is' },
  {
    at: ['components', 'glance', 'service', 'account'],
    fine: is('LocalSystem'),
    hint: 'only `LocalSystem` is',
  },
  { at: ['components', 'glance', 'service', 'password'], hint: 'LocalSystem has no password' },
  { at: ['components', 'glance', 'stores', '*', 'type'], fine: is('file'), hint: 'only `file` is' },
  { at: ['msi', 'sign'], hint: 'the package is made unsigned' },
  { at: ['nodes', '*', 'via'], fine: is('ssh'), hint: 'only `ssh` is' },
  { at: ['nodes', '*', 'password'], hint: 'log in with a key: `identity`, or the SSH agent' },
  { at: ['nodes', '*', 'roles', '*'], fine: is('glance'), hint: 'only `glance` is' },
  { at: ['rollout', 'serial'], fine: is(1), hint: 'nodes are changed one at a time' },
  { at: ['rollout', 'max_failures'], fine: is(0), hint: 'the first failure stops the rest' },
  { at: ['rollout', 'settle'], fine: is('30s'), hint: 'leave it out' },
  { at: ['juju'] },
];

/** Every key of `data` that asks for what cannot be done yet: refused, never ignored. */
export function unsupported(data: unknown): readonly Finding[] {
  return gaps.flatMap(({ at, fine, hint }) =>
    places(data, at).flatMap((path): readonly Finding[] => {
      const value = valueAt(data, path);
      if (fine?.(value)) return [];
      const key = path.findLast((step) => typeof step === 'string');
      const asked = typeof value === 'object' || value === null ? `${key}` : `${key}: ${String(value)}`;
      const message = `\`${asked}\` is not supported yet`;
      return [{ path, ...(!fine && { on: 'key' as const }), message, ...(hint && { hint }) }];
    }),
  );
}

/** The paths in `data` that a pattern stands for. */
export function places(data: unknown, pattern: KeyPath): readonly KeyPath[] {
  let found: readonly KeyPath[] = [[]];
  for (const step of pattern) {
    found = found.flatMap((path) => {
      const value = valueAt(data, path);
      const keys = step === '*' ? keysOf(value) : [step];
      return keys.map((key) => [...path, key]).filter((longer) => valueAt(data, longer) !== undefined);
    });
  }
  return found;
}

function keysOf(value: unknown): KeyPath {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
