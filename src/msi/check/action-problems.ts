import type { MsiAction, MsiCall } from '../model/action-model.ts';
import type { MsiModel } from '../model/model.ts';
import { folded, identifier, standardFolders } from '../model/names.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';
import { placeActions } from '../rows/place-actions.ts';
import { standardNumbers } from '../rows/sequence-rows.ts';

/** What is wrong with custom actions and their binaries. */
export function actionProblems(model: MsiModel): ModelProblem[] {
  const { actions, binaries } = model;
  const seen = new Set<string>();
  const twice = (what: string, name: string): ItemProblem[] => {
    const key = `${what} ${folded(name)}`;
    const problems: ItemProblem[] = seen.has(key) ? [['name', `${what} ${name} is given twice`]] : [];
    seen.add(key);
    return problems;
  };
  const { numbers, problems } = placeActions(model);
  return [
    ...problemsIn('binaries', binaries, ({ name }) => [
      ...twice('binary', name),
      ...(identifier.test(name) && name.length <= 55
        ? []
        : [
            ['name', `binary ${JSON.stringify(name)} must be letters, digits, _ and . (55 at most)`] as const,
          ]),
    ]),
    ...problemsIn('actions', actions, (action) => [
      ...twice('action', action.name),
      ...ownProblems(action, model),
      ...placeProblems(action, numbers.get(action.name) ?? 0),
      ...problems
        .filter(({ action: other }) => other === action)
        .map(({ message }) => ['place', message] as const),
    ]),
  ];
}

function ownProblems(action: MsiAction, model: MsiModel): ItemProblem[] {
  const { name, call, execute = 'immediate', data, ui } = action;
  const problems: ItemProblem[] = [];
  if (!identifier.test(name) || name.length > 60 || standardNumbers.has(name))
    problems.push([
      'name',
      `action ${name} must be letters, digits, _ and . (60 at most), and no standard action`,
    ]);
  const missing = missingPart(call, model);
  if (missing) problems.push(['call', `action ${name}: there is no ${missing}`]);
  const sets = 'value' in call || 'error' in call;
  if (sets && execute !== 'immediate')
    problems.push(['execute', `action ${name} sets or checks something, so it must be immediate`]);
  if (data !== undefined && execute === 'immediate')
    problems.push([
      'data',
      `action ${name} is immediate and reads properties itself, so it must have no data`,
    ]);
  if (ui && execute !== 'immediate')
    problems.push(['ui', `action ${name} is ${execute} and cannot run for dialogs`]);
  return problems;
}

/** The thing that an action names and that is not there. */
function missingPart(call: MsiCall, { binaries = [], files, directories }: MsiModel): string | undefined {
  if ('binary' in call)
    return binaries.some(({ name }) => name === call.binary) ? undefined : `binary ${call.binary}`;
  if ('file' in call)
    return files.some(({ target }) => target === call.file) ? undefined : `file ${call.file}`;
  if ('directory' in call) {
    const known = [...standardFolders, 'INSTALLDIR', ...directories.map(({ id }) => id)];
    return known.includes(call.directory) ? undefined : `directory ${call.directory}`;
  }
  return 'property' in call && !identifier.test(call.property) ? `property ${call.property}` : undefined;
}

function placeProblems({ name, call, execute = 'immediate', ui }: MsiAction, number: number): ItemProblem[] {
  const at = (standard: string) => standardNumbers.get(standard) ?? 0;
  const messages: string[] = [];
  if (number === 0) return [];
  const inside = number > at('InstallInitialize') && number < at('InstallFinalize');
  if (execute !== 'immediate' && !inside)
    messages.push(
      `action ${name} is ${execute}, so its place must be between InstallInitialize and InstallFinalize`,
    );
  if (number > at('InstallFinalize')) messages.push(`action ${name} must come before InstallFinalize`);
  if ('file' in call && number < at('InstallFiles'))
    messages.push(`action ${name} runs an installed file, so it must come after InstallFiles`);
  if ('directory' in call && number < at('CostFinalize'))
    messages.push(`action ${name} uses a directory, so it must come after CostFinalize`);
  if (ui && number > at('MigrateFeatureStates'))
    messages.push(`action ${name} runs for dialogs, so it must come before InstallValidate`);
  return messages.map((message) => ['place', message]);
}
