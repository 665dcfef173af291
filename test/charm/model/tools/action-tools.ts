import { applicationOf } from '../model.ts';
import { type ActionRun, type HookContext, pairsOf, type Tool, ToolRefusal } from './tool.ts';

const segment = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const reserved = new Set(['stdout', 'stdout-encoding', 'stderr', 'stderr-encoding']);

export const actionTools: Readonly<Record<string, Tool>> = {
  'action-get': (context, { words: [key] }) => {
    const { parameters } = actionOf(context);
    return key === undefined ? parameters : (parameters[key] ?? null);
  },
  'action-set': (context, { words }) => {
    const { results } = actionOf(context);
    for (const [key, value] of Object.entries(pairsOf(words))) {
      const segments = key.split('.');
      if (!segments.every((one) => segment.test(one)))
        throw new ToolRefusal(
          `key "${key}" must start and end with lowercase alphanumeric, and contain only lowercase alphanumeric, hyphens and periods`,
        );
      if (reserved.has(key)) throw new ToolRefusal(`cannot set reserved action key "${key}"`);
      place(results, segments, value);
    }
  },
  'action-log': (context, { words }) => void actionOf(context).messages.push(words.join(' ')),
  'action-fail': (context, { words }) => {
    actionOf(context).failed =
      words.join(' ') || 'action failed without reason given, check action for errors';
  },
};

/** Secrets: since Juju 3.0, and only for those that were granted them. */
export const secretTools: Readonly<Record<string, Tool>> = {
  'secret-get': ({ model, unit }, { words: [id = ''] }) => {
    if (Number.parseInt(model.juju, 10) < 3) throw new ToolRefusal('command not found');
    const secret = model.secrets[id.replace(/^secret:/, '')];
    if (!secret) throw new ToolRefusal(`secret "${id}" not found`);
    if (!secret.granted.includes(applicationOf(unit))) throw new ToolRefusal('permission denied');
    return secret.content;
  },
};

function actionOf({ moment }: HookContext): ActionRun {
  if (!moment.action) throw new ToolRefusal('not running an action');
  return moment.action;
}

function place(
  results: Record<string, unknown>,
  [first = '', ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length === 0) {
    results[first] = value;
    return;
  }
  const inner = results[first];
  const map = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  results[first] = map;
  place(map, rest, value);
}
