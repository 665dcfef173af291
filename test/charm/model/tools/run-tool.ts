import { type Model, relationNamed, unitNamed } from '../model.ts';
import { actionTools, secretTools } from './action-tools.ts';
import { relationTools, withChanges } from './relation-tools.ts';
import { type HookContext, type Moment, parseCall, ToolRefusal } from './tool.ts';
import { unitTools } from './unit-tools.ts';

export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const tools = { ...unitTools, ...relationTools, ...actionTools, ...secretTools };
export const toolNames: readonly string[] = Object.keys(tools);

export function openContext(model: Model, unit: string, moment: Moment): HookContext {
  return { model, unit, moment, bags: new Map(), state: new Map(), ports: [] };
}

/** What a hook tool does and says, with the rules of Juju 3.6 (`ERROR text`, exit code 1; of wrong usage 2). */
export function runTool(context: HookContext, name: string, args: readonly string[], input = ''): ToolResult {
  try {
    const tool = tools[name];
    const length = [name, ...args].join(' ').length;
    if (!tool) throw new ToolRefusal(`unknown command "${name}"`, 2);
    if (length > context.model.longestCommand)
      throw new ToolRefusal(`the command line of ${name} is too long: ${length} characters`);
    const call = parseCall(args, input);
    return { exitCode: 0, stdout: textOf(name, tool(context, call), call.options.format), stderr: '' };
  } catch (error) {
    if (!(error instanceof ToolRefusal)) throw error;
    return { exitCode: error.code, stdout: '', stderr: `ERROR ${error.message}\n` };
  }
}

/** `resource-get` prints no newline; without `--format=json` numbers are floats of Go. */
function textOf(name: string, result: unknown, format: string | undefined): string {
  if (result === undefined) return '';
  if (name === 'resource-get') return String(result);
  if (format === 'json') return `${JSON.stringify(result)}\n`;
  if (typeof result === 'number' && result >= 1e6) return `${result.toExponential()}\n`.replace('e+', 'e+0');
  return `${typeof result === 'object' ? JSON.stringify(result) : String(result)}\n`;
}

/** What a hook that ended well has changed. Gives the bags that are different now. */
export function flush({ model, unit, bags, state, ports }: HookContext): readonly string[] {
  const own = unitNamed(model, unit);
  own.ports.push(...ports);
  for (const [key, value] of state)
    if (value === undefined) delete own.state[key];
    else own.state[key] = value;
  const changed: string[] = [];
  for (const [key, changes] of bags) {
    const [id = '', owner = ''] = key.split(' ');
    const relation = relationNamed(model, id);
    const before = relation.bags[owner] ?? {};
    const after = withChanges(before, changes);
    if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))) continue;
    relation.bags[owner] = after;
    changed.push(key);
  }
  return changed;
}

function sorted(bag: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(bag).sort(([one], [other]) => (one < other ? -1 : 1));
}
