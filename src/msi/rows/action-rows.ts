import type { Row } from '../database/table.ts';
import { fileKey } from '../layout/plan-files.ts';
import type { MsiAction, MsiCall } from '../model/action-model.ts';
import type { MsiModel } from '../model/model.ts';
import { dataSetter, placeActions } from './place-actions.ts';
import type { SequenceStep } from './sequence-rows.ts';
import { actionsOf } from './service-actions.ts';

/** Type bits beyond the kind of call. */
const ignoreResult = 0x40;
const noImpersonation = 0x800;
const hideTarget = 0x2000;
const schedules = { immediate: 0, deferred: 0x400, rollback: 0x400 | 0x100, commit: 0x400 | 0x200 } as const;
const setProperty = 51;

/** Rows of CustomAction and ActionText, and the steps of the install's sequences. */
export function actionRows(model: MsiModel): {
  readonly CustomAction: readonly Row[];
  readonly ActionText: readonly Row[];
  readonly execute: readonly SequenceStep[];
  readonly ui: readonly SequenceStep[];
} {
  const actions = actionsOf(model);
  const { numbers } = placeActions(model);
  const step = ({ condition }: MsiAction, name: string): SequenceStep => [
    numbers.get(name) ?? 0,
    name,
    condition,
  ];
  return {
    CustomAction: actions.flatMap((action): Row[] => [
      ...(action.data === undefined ? [] : [setterRow(action, action.data)]),
      callRow(action),
    ]),
    ActionText: actions.flatMap(({ name, progress }): Row[] =>
      progress === undefined ? [] : [[name, progress, null]],
    ),
    execute: actions.flatMap((action) => [
      ...(action.data === undefined ? [] : [step(action, dataSetter(action.name))]),
      step(action, action.name),
    ]),
    ui: actions.filter(({ ui }) => ui).map((action) => step(action, action.name)),
  };
}

/** Custom actions in the transaction read the property of their own name, as it is when they are scheduled. */
function setterRow({ name, hideTarget: hide }: MsiAction, data: string): Row {
  return [dataSetter(name), setProperty | (hide ? hideTarget : 0), name, data, null];
}

function callRow(action: MsiAction): Row {
  const { name, call, execute = 'immediate' } = action;
  const [kind, source, target] = describe(call);
  const type =
    kind |
    schedules[execute] |
    (execute !== 'immediate' && !action.impersonate ? noImpersonation : 0) |
    (action.ignoreResult ? ignoreResult : 0) |
    (action.hideTarget ? hideTarget : 0);
  return [name, type, source, target, null];
}

/** Type, source and target. Source: Windows Installer SDK, "Summary List of All Custom Action Types". */
function describe(call: MsiCall): readonly [number, string | null, string] {
  if ('entry' in call) return [1, call.binary, call.entry];
  if ('binary' in call) return [2, call.binary, call.command];
  if ('file' in call) return [18, fileKey(call.file), call.command];
  if ('error' in call) return [19, null, call.error];
  if ('directory' in call)
    return 'value' in call ? [35, call.directory, call.value] : [34, call.directory, call.command];
  return 'value' in call ? [51, call.property, call.value] : [50, call.property, call.command];
}
