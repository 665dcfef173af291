import { literal, quoted, remark } from '../report/powershell-text.ts';
import type { Cmdlet, Command, Condition, Preparation, Step, Value } from './script.ts';

const preface = `# Run it on the node, in a PowerShell that was started with "Run as administrator". It may be repeated.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
`;

/** A preparation, or what takes it back, as a script for PowerShell 3.0 and later: ASCII, one line of reason before each step. */
export function preparationText({ title, remarks, measures }: Preparation, undo: boolean): string {
  const steps = undo ? measures.toReversed().map(({ undo: back }) => back) : measures.map(({ step }) => step);
  const numbered = steps.filter((step) => typeof step !== 'string');
  const parts = steps.map((step) =>
    typeof step === 'string'
      ? `# stays: ${remark(step)}\n`
      : stepText(step, `${numbered.indexOf(step) + 1}/${numbered.length}`),
  );
  const head = [
    `# oriel: ${undo ? 'take back: ' : ''}${remark(title)}`,
    ...(undo ? [] : remarks).map((line) => `# ${remark(line)}`),
  ];
  return [`${head.join('\n')}\n${preface}`, ...parts].join('\n');
}

function stepText({ why, unless, when, commands }: Step, place: string): string {
  const lines = commands.map(commandText);
  const condition = unless ? `-not (${conditionText(unless)})` : when && conditionText(when);
  const code = condition ? [`if (${condition}) {`, ...lines.map((line) => `    ${line}`), '}'] : lines;
  return `# ${place} ${remark(why)}\n${code.join('\n')}\n`;
}

function conditionText(condition: Condition): string {
  if ('finds' in condition)
    return cmdletText({
      ...condition.finds,
      parameters: { ...condition.finds.parameters, ErrorAction: 'SilentlyContinue' },
    });
  if ('path' in condition) return `Test-Path -LiteralPath ${quoted(condition.path)}`;
  const file = quoted(condition.file);
  return `(Test-Path -LiteralPath ${file}) -and ([IO.File]::ReadAllLines(${file}) -ccontains ${quoted(condition.line)})`;
}

function commandText(command: Command): string {
  if ('cmdlet' in command) return cmdletText(command);
  if ('program' in command)
    return [`& ${quoted(command.program)}`, ...command.arguments.map(quoted)].join(' ');
  if ('type' in command) return methodText(command);
  if ('set' in command) return `$${command.set} = ${valueText(command.to)}`;
  return command.pipeline
    .map((part) =>
      'cmdlet' in part ? cmdletText(part) : `Where-Object { $_.${part.property} -eq ${quoted(part.equals)} }`,
    )
    .join(' | ');
}

function methodText({
  type,
  method,
  arguments: given,
  into,
}: Extract<Command, { readonly type: string }>): string {
  const call = `[${type}]::${method}(${given.map(valueText).join(', ')})`;
  return into === undefined ? call : `$${into} = ${call}`;
}

/** What a cmdlet gives and nobody takes would be printed. */
function cmdletText({ cmdlet, parameters = {}, into }: Cmdlet): string {
  const given = Object.entries(parameters).map(([name, value]) =>
    value === true ? `-${name}` : `-${name} ${valueText(value)}`,
  );
  return [...(into === undefined ? [] : [`$${into} =`]), cmdlet, ...given].join(' ');
}

function valueText(value: Value): string {
  if (typeof value !== 'object' || Array.isArray(value)) return literal(value);
  if ('variable' in value) return `$${value.variable}`;
  if ('without' in value) return linesText(value);
  if (!('table' in value)) return literal(value);
  const entries = Object.entries(value.table).map(
    ([key, one]) => `${quoted(key)} = ${typeof one === 'string' ? quoted(one) : `$${one.variable}`}`,
  );
  return `@{ ${entries.join('; ')} }`;
}

function linesText({ file, without, added }: Extract<Value, { readonly file: string }>): string {
  const read = `if (Test-Path -LiteralPath ${quoted(file)}) { [IO.File]::ReadAllLines(${quoted(file)}) }`;
  const lines = `@(@(${read}) | Where-Object { $_ -cne ${quoted(without)} })`;
  return `([string[]](${added === undefined ? lines : `${lines} + ${quoted(added)}`}))`;
}
