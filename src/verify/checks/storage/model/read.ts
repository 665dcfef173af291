import { CheckError } from '../../../../errors.ts';
import type { State } from '../../../../resources/model/state.ts';
import type { AgentCall } from '../../../../session/session.ts';
import type { Answers } from './check.ts';

/** A row of a cmdlet, or the result of another call, with where it comes from. */
export interface Row {
  readonly node: string;
  /** The cmdlet, the program or the call. */
  readonly from: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a call asks: the cmdlet, the program, else the function of the agent. */
export function nameOf({ call, name, file }: AgentCall): string {
  if (call === 'Invoke-Cmdlet') return String(name);
  return call === 'Invoke-Process' ? String(file) : call;
}

/** The rows that a call gave. Throws CheckError where it gave an error or no rows at all but something else. */
export function rowsOf(answers: Answers, question: string): readonly Row[] {
  const { node, from, result } = resultOf(answers, question);
  if (!Array.isArray(result)) throw new CheckError(node, from, `${from} gave no rows`);
  return result.map((row) => ({ node, from, values: isTable(row) ? row : {} }));
}

/** The first row that a call gave. Throws CheckError as rowsOf does, and with `otherwise` where there is none. */
export function firstRowOf(answers: Answers, question: string, otherwise: string): Row {
  const [row] = rowsOf(answers, question);
  if (row) return row;
  const { node, from } = resultOf(answers, question);
  throw new CheckError(node, from, otherwise);
}

/** The result of a call that gives one table. Throws CheckError as rowsOf does. */
export function tableOf(answers: Answers, question: string): Row {
  const { node, from, result } = resultOf(answers, question);
  if (!isTable(result)) throw new CheckError(node, from, `${from} gave no answer`);
  return { node, from, values: result };
}

/** The rows of a call that may be missing on a node; none where it gave an error. */
export function rowsIfAny(answers: Answers, question: string): readonly Row[] {
  const answer = answers.of[question];
  return answer && 'result' in answer ? rowsOf(answers, question) : [];
}

/** The kind and the words of the error that a call gave. */
export function errorOf(answers: Answers, question: string): { kind: string; message: string } | undefined {
  const answer = answers.of[question];
  return answer && 'error' in answer ? answer.error : undefined;
}

function resultOf({ node, of }: Answers, question: string) {
  const answer = of[question];
  if (!answer) throw new CheckError(node, question, `${question} was not asked`);
  const from = nameOf(answer.call);
  if ('error' in answer) throw new CheckError(node, from, `${from}: ${answer.error.message}`);
  return { node, from, result: answer.result };
}

/** A property as text. Throws CheckError where the row has none: what is not known never passes. */
export function textOf(row: Row, property: string): string {
  const value = row.values[property];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw missing(row, property);
}

/** A property as a number, also one that came as text. Throws CheckError as textOf does. */
export function numberOf(row: Row, property: string): number {
  const number = Number(textOf(row, property).trim() || Number.NaN);
  if (Number.isFinite(number)) return number;
  throw missing(row, property);
}

/** A property as a truth value: PowerShell's own, 1 and 0, or their text. Throws CheckError as textOf does. */
export function flagOf(row: Row, property: string): boolean {
  const text = textOf(row, property).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw missing(row, property);
}

/** A property that is a list, or one value in place of a list of one. Throws CheckError where the row has none. */
export function listOf(row: Row, property: string): readonly string[] {
  const value = row.values[property];
  if (value === undefined || value === null) throw missing(row, property);
  return [value].flat().map(String);
}

/** A property by its name in an enumeration: sent as the name, or as the number of PowerShell 5.1. Throws CheckError as textOf does. */
export function namedOf(row: Row, property: string, names: Readonly<Record<number, string>>): string {
  return named(textOf(row, property), names);
}

/** The name behind a number of an enumeration; any other text is its own name. */
export function named(text: string, names: Readonly<Record<number, string>>): string {
  const plain = text.trim();
  return /^-?\d+$/.test(plain) ? (names[Number(plain)] ?? plain) : plain;
}

/** Properties of a row that a report shows, those that it has. */
export function evidenceOf(row: Row, ...properties: readonly string[]): State {
  const shown = properties.flatMap((property) => {
    const value = row.values[property];
    const plain = ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);
    return plain ? [[property, Array.isArray(value) ? value.map(String) : value] as const] : [];
  });
  return Object.fromEntries(shown) as State;
}

/** Whether two names are equal for Windows. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function missing({ node, from }: Row, property: string): CheckError {
  return new CheckError(node, from, `${from} does not say ${property}, so it is not known`);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
