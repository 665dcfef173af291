import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const statement = /^(?:import|export)\s+(?!type\b)([^'";]*?)\bfrom\s*'(\.[^']+)'/gm;

/** What a source loads of ours when it is loaded itself: imports of types alone are none, and those in functions come later. */
function loads(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(statement)].flatMap(([, names = '', target = '']) => {
    const inBraces = /^\{([^}]*)\}\s*$/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? [''];
    const isTypes = inBraces.filter(Boolean).length > 0 && inBraces.every((name) => /^(type |$)/.test(name));
    return isTypes ? [] : [join(dirname(file), target)];
  });
}

/** All that is loaded with a file. */
function closureOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const target of loads(file)) closureOf(target, seen);
  return seen;
}

test.each([
  [
    'the program',
    'src/cli.ts',
    /^src\/(?!cli|program|data-files|errors|secret|commands\/(index|command-line\/)|report\/|events\/|site\/yaml\/nearest)/,
  ],
  [
    'oriel fmt',
    'src/commands/site/fmt.ts',
    /^src\/(components|verify|session|plan|deploy|msi|product|payload)\//,
  ],
  [
    'oriel version',
    'src/commands/about/version.ts',
    /^src\/(components|verify|session|plan|deploy|msi|product|payload|site)\//,
  ],
  [
    'oriel validate',
    'src/commands/site/validate.ts',
    /^src\/(product|msi|session|deploy|build|juju|sandbox)\//,
  ],
])('%s loads nothing that it does not need (ux row 25)', (_, file, needless) => {
  const all = [...closureOf(file)];
  expect(all.length).toBeGreaterThan(1);
  expect(all.filter((one) => needless.test(one))).toEqual([]);
});

test('only the verbs that tell of all others are loaded with them', () => {
  const index = readFileSync('src/commands/index.ts', 'utf8');
  expect(loads('src/commands/index.ts')).toEqual([]);
  expect(index.match(/ofAll: true/g)).toHaveLength(2);
});
