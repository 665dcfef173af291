import { sequenceTables } from '../database/schema.ts';
import { bits, groupBy, type LintedPackage, type LintRule } from './rule.ts';

/** Pairs of standard actions that only work in this order. Source: Windows Installer SDK, "sequence restrictions". */
const orders: readonly [string, string][] = [
  ['FindRelatedProducts', 'MigrateFeatureStates'],
  ['FindRelatedProducts', 'RemoveExistingProducts'],
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

/** Where the old product may be removed. Source: Windows Installer SDK, "RemoveExistingProducts Action". */
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
    early ||
    (after('InstallInitialize') && !after('ProcessComponents')) ||
    ['PublishProduct', 'InstallExecute', 'InstallExecuteAgain', 'InstallFinalize'].some(after);
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

/** Deferred actions are inside the transaction; for all others the rule has no say. Source: Windows Installer SDK, "ICE77". */
function deferredActions(subject: LintedPackage): string[] {
  const numbers = numbersOf(subject, 'InstallExecuteSequence');
  const at = (action: string) => numbers.get(action) ?? Number.POSITIVE_INFINITY;
  return subject.rows('CustomAction').flatMap(({ Action, Type }) => {
    const number = numbers.get(String(Action));
    const inside =
      number === undefined || (number > at('InstallInitialize') && number < at('InstallFinalize'));
    return inside || !(bits(Type) & deferred)
      ? []
      : [`deferred action ${Action} (${number}) is outside of InstallInitialize and InstallFinalize`];
  });
}

const notImpersonated = 0x800;

/** Types of actions whose program or library is an installed file. */
const installedFile = new Set([17, 18, 21, 22]);

/** The bit "as the system" means something in deferred actions alone, and the place of a file is known after costing. */
function workingActions(subject: LintedPackage): string[] {
  const numbers = numbersOf(subject, 'InstallExecuteSequence');
  return subject.rows('CustomAction').flatMap(({ Action, Type }) => {
    const early = (numbers.get(String(Action)) ?? Number.NaN) < (numbers.get('CostFinalize') ?? 0);
    return [
      ...(bits(Type) & notImpersonated && !(bits(Type) & deferred)
        ? [
            `action ${Action} (type ${Type}) is to run as the system, but runs at once: it is not deferred (1024)`,
          ]
        : []),
      ...(installedFile.has(bits(Type) & 0x3f) && early
        ? [`action ${Action} runs an installed file before CostFinalize`]
        : []),
    ];
  });
}

export const sequenceRules: readonly LintRule[] = [
  { id: 'ICE27', severity: 'error', check: order },
  { id: 'ICE63', severity: 'error', check: removal },
  { id: 'ICE77', severity: 'error', check: deferredActions },
  { id: 'custom-action', severity: 'warning', check: workingActions },
  { id: 'ICE82', severity: 'warning', check: sameNumbers },
];
