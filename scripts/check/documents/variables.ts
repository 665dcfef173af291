import type { Finding } from '../check.ts';
import type { Page } from './markdown.ts';

const variable = /\bORIEL_[A-Z][A-Z_]*[A-Z]\b/g;
/** What oriel sets for its own processes. */
const internal = ['ORIEL_SANDBOX'];
const environment = 'docs/reference/command-line.md';

/**
 * Variables of oriel that pages name and nothing reads, and those that the program reads and its page of the environment does not
 * have. A variable that holds a secret of an example (`{ secret: db_password }`, ORIEL_DB_PASSWORD) is read by its name.
 */
export function strangeVariables(pages: readonly Page[], sources: readonly Page[]): readonly Finding[] {
  const all = [...pages, ...sources].map(({ text }) => text).join('\n');
  const secrets = [...all.matchAll(/secret: ([a-z][a-z0-9_]*)/g)].map(
    ([, name]) => `ORIEL_${name?.toUpperCase()}`,
  );
  const known = new Set([...secrets, ...sources.flatMap(({ text }) => text.match(variable) ?? [])]);
  const strange = pages.flatMap((page) =>
    page.text.split('\n').flatMap((line, index) =>
      (line.match(variable) ?? [])
        .filter((name) => !known.has(name))
        .map((name) => ({
          file: page.path,
          line: index + 1,
          message: `${name} is a variable that nothing reads`,
        })),
    ),
  );
  const listed = pages.find(({ path }) => path === environment)?.text ?? '';
  const silent = [...new Set(sources.flatMap(readsOf))].filter(
    (name) => !internal.includes(name) && !listed.includes(`\`${name}\``),
  );
  return [
    ...strange,
    ...silent.map((name) => ({ file: environment, message: `lacks ${name}, which the program reads` })),
  ];
}

/** What a source of the program takes from the environment that a user may set. */
function readsOf({ path, text }: Page): readonly string[] {
  if (!path.startsWith('src/') || path.startsWith('src/sandbox/powershell/')) return [];
  return [...text.matchAll(/\benv(?:ironment)?(?:\.|\[')(ORIEL_[A-Z_]+)/g)].map(([, name = '']) => name);
}
