import { accelerators, powershellTypes } from '../../floor/accelerators.ts';
import { laterTypes } from '../../floor/exceptions.ts';
import { typeFacts } from '../../floor/facts.ts';
import type { Rule } from './rule.ts';
import { type TypeUse, typesOf } from './type-uses.ts';

const known = new Map([...typeFacts(), ...Object.entries(powershellTypes)]);

/** Types, constructors and static members are those of .NET Framework 4.5, which Windows Server 2012 has. */
export const types: Rule = (script) => {
  const found = typesOf(script).flatMap((use) => {
    const message = problemOf(use);
    return message === undefined ? [] : [{ line: use.line, message }];
  });
  return found.filter(({ line, message }, at) =>
    found.slice(0, at).every((other) => other.line !== line || other.message !== message),
  );
};

function problemOf({ name, member, count, tried }: TypeUse): string | undefined {
  const later = fullNames(name).find((each) => laterTypes[each] !== undefined);
  if (later !== undefined)
    return tried ? undefined : `${name} is not in .NET Framework 4.5; use it within a try`;
  const full = fullNames(name).find((each) => known.has(each));
  if (full === undefined)
    return `${name} is not in scripts/floor/net-framework-4.5.json: it came later, or the table has to be refreshed`;
  if (member === undefined || /^new$/i.test(member)) return undefined;
  // The object that stands for a type has the members of Type.
  const [owner, asked] =
    member.startsWith('.') && member !== '.ctor' ? ['System.Type', member.slice(1)] : [full, member];
  const named = (known.get(owner) ?? []).filter(
    (each) => each.split('/')[0]?.toLowerCase() === asked.toLowerCase(),
  );
  const what = asked === '.ctor' ? 'constructor' : asked;
  if (named.length === 0) return `${name} has no ${what} in .NET Framework 4.5`;
  if (count === undefined || named.some((each) => each.endsWith(`/${count}`))) return undefined;
  return `${name} has no ${what} with ${count} arguments in .NET Framework 4.5`;
}

/** What a name in a script may stand for: `System.` can be left out. */
export function fullNames(name: string): readonly string[] {
  const short = accelerators[name.toLowerCase()];
  return short === undefined ? [name, `System.${name}`] : [short];
}
