import { z } from 'zod';
import type { Secret } from '../../secret.ts';
import type { KeyPath } from '../yaml/rule.ts';
import { type Duration, type Mark, marks, type Percent, type SecretMention, type Size } from './marks.ts';

/** `public_endpoint` -> `publicEndpoint`. */
type Camel<Key> = Key extends `${infer Head}_${infer Rest}` ? `${Head}${Capitalize<Camel<Rest>>}` : Key;

/** What a part of the site file is once its marks are resolved: keys of the grammar in camel case, names as they are. */
export type Resolved<T> = T extends Duration | Size | Percent
  ? number
  : T extends SecretMention
    ? Secret
    : T extends readonly (infer Item)[]
      ? readonly Resolved<Item>[]
      : T extends object
        ? string extends keyof T
          ? { readonly [Name in keyof T]: Resolved<T[Name]> }
          : { readonly [Key in keyof T as Camel<Key>]: Resolved<Exclude<T[Key], undefined>> }
        : T;

/** A value that the grammar marks, and where it is written. */
export interface Marked {
  readonly mark: Mark;
  readonly value: unknown;
  readonly path: KeyPath;
}

/** Every value that the grammar marks in data that fits it, or in what is left of such data. */
export function markedValues(grammar: z.core.$ZodType, data: unknown): readonly Marked[] {
  const found: Marked[] = [];
  walk(grammar, data, [], (marked) => found.push(marked));
  return found;
}

/** Data of a grammar with what each marked value stands for in its place. */
export function resolved<T>(
  grammar: z.core.$ZodType,
  data: T,
  resolve: (marked: Marked) => unknown,
): Resolved<T> {
  return walk(grammar, data, [], resolve) as Resolved<T>;
}

type See = (marked: Marked) => unknown;

function walk(schema: z.core.$ZodType, value: unknown, path: KeyPath, see: See): unknown {
  if (value === undefined) return undefined;
  const mark = marks.get(schema);
  if (mark) return see({ mark, value, path });
  if (schema instanceof z.ZodObject) return walkObject(schema, value, path, see);
  if (schema instanceof z.ZodRecord)
    return mapEntries(value, (key, inner) => [key, walk(schema.valueType, inner, [...path, key], see)]);
  if (schema instanceof z.ZodArray)
    return Array.isArray(value)
      ? value.map((item, index) => walk(schema.element, item, [...path, index], see))
      : value;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return walk(schema.def.innerType, value, path, see);
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((one) => z.safeParse(one, value).success);
    return fitting ? walk(fitting, value, path, see) : value;
  }
  return value;
}

function walkObject({ shape, def }: z.ZodObject, value: unknown, path: KeyPath, see: See): unknown {
  return mapEntries(value, (key, inner) => {
    const known = shape[key];
    const below = known ?? def.catchall;
    return [known ? camel(key) : key, below ? walk(below, inner, [...path, key], see) : inner];
  });
}

function mapEntries(
  value: unknown,
  map: (key: string, inner: unknown) => readonly [string, unknown],
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => map(key, inner)));
}

function camel(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
