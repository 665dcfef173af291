import { isIP } from 'node:net';
import type { OsloScalar, OsloSyntax, OsloValue } from '../../../render/oslo.ts';
import { refusalOf } from '../../../render/oslo.ts';
import type { Option } from './catalogue.ts';

/** How the values of an option are spelt; without an option (`extra`), as the value's own shape says. */
export function syntaxOf(option: Option | undefined, value: OsloValue): OsloSyntax {
  if (option?.type === 'list')
    return { kind: 'list', brackets: option.bounds ?? false, quotes: option.itemQuotes ?? false };
  if (option?.type === 'multistring') return { kind: 'multi' };
  if (Array.isArray(value)) return { kind: 'list' };
  return { kind: typeof value === 'object' ? 'dict' : 'scalar' };
}

/** What is wrong with the value of an option, as words that follow its name; undefined when nothing is. */
export function valueProblem(option: Option, value: OsloValue): string | undefined {
  return typeProblem(option, value) ?? refusalOf(value, syntaxOf(option, value));
}

function typeProblem(option: Option, value: OsloValue): string | undefined {
  if (option.type === 'list') return listProblem(option, value);
  if (option.type === 'multistring')
    return isScalar(value) || Array.isArray(value) ? undefined : wrong(option, 'a list of strings', value);
  if (option.type === 'dict') return dictProblem(option, value);
  if (!isScalar(value)) return wrong(option, described(option), value);
  return scalarProblem(option, value);
}

function listProblem(option: Option, value: OsloValue): string | undefined {
  const inner = typeof value === 'string' && /^\[(.*)\]$/s.exec(value)?.[1];
  if (option.bounds && isScalar(value) && typeof inner !== 'string')
    return `must be written in brackets: [${option.secret ? '...' : value}]`;
  const text = typeof inner === 'string' && option.bounds ? inner : value;
  const items = typeof text === 'string' ? text.split(',').map((item) => item.trim()) : [text].flat();
  const single: Option = {
    ...option,
    type: option.itemType ?? 'string',
    ...(option.itemMin !== undefined && { min: option.itemMin }),
    ...(option.itemMax !== undefined && { max: option.itemMax }),
  };
  if (!items.every(isScalar)) return wrong(option, 'a list', value);
  if (text === '') return undefined;
  const problem = items.map((item) => scalarProblem(single, item)).find((found) => found !== undefined);
  return problem && `has an item that ${problem}`;
}

function dictProblem(option: Option, value: OsloValue): string | undefined {
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const spelt = typeof value === 'string' && value.split(',').every((pair) => /^\s*[^:\s]+\s*:/.test(pair));
  return spelt || value === '' ? undefined : wrong(option, 'a map of names to values', value);
}

function scalarProblem(option: Option, value: OsloScalar): string | undefined {
  const text = String(value);
  if (option.type === 'boolean')
    return /^(true|false|1|0|on|off|yes|no)$/i.test(text)
      ? undefined
      : wrong(option, described(option), value);
  if (typeof value === 'boolean') return wrong(option, described(option), value, quoteIt);
  if (option.type === 'integer' || option.type === 'port' || option.type === 'float')
    return numberProblem(option, value);
  if (typeof value === 'number' && !Number.isInteger(value))
    return wrong(option, described(option), value, quoteIt);
  if (option.type === 'hostaddress')
    return isHost(text) ? undefined : wrong(option, 'a host name or an IP address', value);
  return choiceProblem(option, text);
}

const quoteIt = ': write it in quotes';

function numberProblem(option: Option, value: OsloScalar): string | undefined {
  const pattern = option.type === 'float' ? /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i : /^[+-]?\d+$/;
  if (!pattern.test(String(value))) return wrong(option, described(option), value);
  const { min, max } = boundsOf(option);
  const number = Number(value);
  const tooLarge = max === int64 ? BigInt(value) >= BigInt(int64) : number > (max ?? number);
  if (number >= (min ?? number) && !tooLarge) return undefined;
  return `must be ${range(min, max)}, not ${shownValue(option, value)}`;
}

function choiceProblem({ choices, ignoreCase, secret }: Option, text: string): string | undefined {
  if (!choices) return undefined;
  const same = (choice: string) =>
    ignoreCase ? choice.toLowerCase() === text.toLowerCase() : choice === text;
  if (choices.some(same)) return undefined;
  const known = choices.map((choice) => choice || '""').join(', ');
  return `must be one of ${known}${secret ? '' : `, not ${JSON.stringify(text)}`}`;
}

/** The least and the greatest value of a number; a port has them without the catalogue saying so. */
export function boundsOf({ type, min, max }: Option): { readonly min?: number; readonly max?: number } {
  if (type === 'port') return { min: min ?? 0, max: max ?? 65535 };
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** What the greatest 64-bit integer of the catalogue becomes as a number: one more than it is. */
const int64 = 2 ** 63;

/** `from 0 to 65535`, `at least 0`; empty without bounds. */
export function range(min: number | undefined, max: number | undefined): string {
  const maximum = max === int64 ? '9223372036854775807' : max;
  if (min !== undefined && max !== undefined) return `from ${min} to ${maximum}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? '' : `at most ${maximum}`;
}

/** `an integer, at least 0` and so on. */
export function described(option: Option): string {
  const noun = nouns[option.type];
  const { min, max } = boundsOf(option);
  return [noun, range(min, max)].filter(Boolean).join(', ');
}

const nouns: Readonly<Record<Option['type'], string>> = {
  string: 'a string',
  integer: 'an integer',
  float: 'a number',
  boolean: 'true or false',
  list: 'a list',
  dict: 'a map of names to values',
  multistring: 'a list of strings',
  port: 'a port number',
  hostaddress: 'a host name or an IP address',
};

function wrong(option: Option, expected: string, value: OsloValue, hint = ''): string {
  return `must be ${expected}, not ${shownValue(option, value)}${hint}`;
}

function shownValue({ secret }: Option, value: OsloValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (secret) return `a ${typeof value}`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}..."` : text;
}

const isScalar = (value: OsloValue): value is OsloScalar => typeof value !== 'object';
const isHost = (text: string): boolean =>
  isIP(text) !== 0 ||
  /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(text);
