import { sequenceTables } from '../database/schema.ts';
import { bits, groupBy, type LintedPackage, type LintRule } from './rule.ts';

/** Pairs of standard actions that only work in this order. Source: Windows Installer SDK, "sequence restrictions". */
const orders: readonly [string, string][] = [
  ['FindRelatedProducts', 'MigrateFeatureStates'],
  ['FindRelatedProducts', 'RemoveExistingProducts'],
  ['AppSearch', 'LaunchConditions'],
  ['LaunchConditions', 'CostInitialize'],
  ['CostInitialize', 'FileCost'],
  ['FileCost', 'CostFinalize'],
  ['CostInitialize', 'CostFinalize'],
  ['CostFinalize', 'MigrateFeatureStates'],
  ['CostFinalize', 'InstallValidate'],
  ['InstallValidate', 'InstallInitialize'],
  ['InstallValidate', 'RemoveExistingProducts'],
  ['InstallInitialize', 'ProcessComponents'],
  ['ProcessComponents', 'UnpublishFeatures'],
  ['StopServices', 'DeleteServices'],
  ['StopServices', 'RemoveFiles'],
  ['RemoveFiles', 'InstallFiles'],
  ['RemoveFiles', 'RemoveFolders'],
  ['CreateFolders', 'InstallFiles'],
  ['InstallFiles', 'InstallServices'],
  ['InstallFiles', 'WriteRegistryValues'],
  ['RemoveRegistryValues', 'WriteRegistryValues'],
  ['InstallServices', 'StartServices'],
  ['RegisterProduct', 'InstallFinalize'],
  ['PublishFeatures', 'PublishProduct'],
  ['PublishProduct', 'InstallFinalize'],
];
const required = [
  'CostInitialize',
  'CostFinalize',
  'InstallValidate',
  'InstallInitialize',
  'ProcessComponents',
  'InstallFinalize',
];

function numbersOf({ rows }: LintedPackage, table: string): Map<string, number> {
  return new Map(rows(table).map(({ Action, Sequence }) => [String(Action), bits(Sequence)]));
}

function order(subject: LintedPackage): string[] {
  return sequenceTables.flatMap((table) => {
    const numbers = numbersOf(subject, table);
    const wrong = orders.filter(
      ([first, second]) => (numbers.get(first) ?? -1) >= (numbers.get(second) ?? Number.NaN),
    );
    const missing =
      table === 'InstallExecuteSequence' ? required.filter((action) => !numbers.has(action)) : [];
    return [
      ...wrong.map(([a, b]) => `${table}: ${a} (${numbers.get(a)}) must be before ${b} (${numbers.get(b)})`),
      ...missing.map((action) => `${table} lacks ${action}`),
    ];
  });
}

/** Where the old product may be removed: after validation, or around the end. */
function removal(subject: LintedPackage): string[] {
  const numbers = numbersOf(subject, 'InstallExecuteSequence');
  const at = numbers.get('RemoveExistingProducts');
  if (at === undefined)
    return subject.rows('Upgrade').length > 0
      ? ['Upgrade has rows, but RemoveExistingProducts is not run']
      : [];
  const after = (action: string) => at > (numbers.get(action) ?? Number.POSITIVE_INFINITY);
  const early = after('InstallValidate') && !after('InstallInitialize');
  const right =
    early || (after('InstallInitialize') && !after('ProcessComponents')) || after('PublishProduct');
  return right
    ? []
    : [`RemoveExistingProducts (${at}) stands where it removes files that were just installed`];
}

function sameNumbers({ rows }: LintedPackage): string[] {
  return sequenceTables.flatMap((table) =>
    [...groupBy(rows(table), 'Sequence')].flatMap(([number, own]) =>
      Number(number) > 0 && own.length > 1
        ? [`${table}: ${own.map(({ Action }) => Action).join(', ')} have number ${number}`]
        : [],
    ),
  );
}

const deferred = 0x400;

/** Custom actions where they can do their work: deferred ones inside the transaction, programs after costing, nothing after the end. */
function customActions(subject: LintedPackage): string[] {
  const numbers = numbersOf(subject, 'InstallExecuteSequence');
  const at = (action: string) => numbers.get(action) ?? Number.POSITIVE_INFINITY;
  return subject.rows('CustomAction').flatMap(({ Action, Type }) => {
    const number = numbers.get(String(Action));
    if (number === undefined) return [];
    const type = bits(Type);
    const inside = number > at('InstallInitialize') && number < at('InstallFinalize');
    if (type & deferred)
      return inside
        ? []
        : [`deferred action ${Action} (${number}) is outside of InstallInitialize and InstallFinalize`];
    if (number > at('InstallFinalize')) return [`action ${Action} (${number}) comes after InstallFinalize`];
    const installed = [17, 18, 21, 22].includes(type & 0x3f);
    return installed && number < at('CostFinalize')
      ? [`action ${Action} runs an installed file before CostFinalize`]
      : [];
  });
}

const notImpersonated = 0x800;

/** The bit "as the system" means something in deferred actions alone. */
function immediate({ rows }: LintedPackage): string[] {
  return rows('CustomAction').flatMap(({ Action, Type }) =>
    bits(Type) & notImpersonated && !(bits(Type) & deferred)
      ? [
          `action ${Action} (type ${Type}) is to run as the system, but runs at once: it is not deferred (1024)`,
        ]
      : [],
  );
}

export const sequenceRules: readonly LintRule[] = [
  { id: 'ICE27', severity: 'error', check: order },
  { id: 'ICE63', severity: 'error', check: removal },
  { id: 'ICE77', severity: 'error', check: customActions },
  { id: 'custom-action', severity: 'warning', check: immediate },
  { id: 'ICE82', severity: 'warning', check: sameNumbers },
];
