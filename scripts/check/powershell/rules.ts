import { cmdlets } from './cmdlets.ts';
import { encoding } from './encoding.ts';
import { names } from './names.ts';
import { newerNames } from './newer-names.ts';
import { newerSyntax } from './newer-syntax.ts';
import { pitfalls } from './pitfalls.ts';
import type { Rule } from './rule.ts';
import { runtimes } from './runtimes.ts';
import { syntax } from './syntax.ts';
import { textAsCode } from './text-as-code.ts';
import { types } from './types.ts';

/** Each has a fixture of its name in test/agent/rules. */
export const rules: { readonly [name: string]: Rule } = {
  cmdlets,
  encoding,
  names,
  'newer-names': newerNames,
  'newer-syntax': newerSyntax,
  pitfalls,
  runtimes,
  syntax,
  'text-as-code': textAsCode,
  types,
};
