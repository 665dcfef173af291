import { lintRules } from '../../charm/lint/rules/index.ts';
import { type CheckDescription, checkCatalogue } from '../../components/check-catalogue.ts';
import { allErrors, components } from '../../components/index.ts';
import { errorNames, errorsWith, findErrors } from '../../diagnosis/find-errors.ts';
import type { ErrorCause, KnownError } from '../../diagnosis/model/known-error.ts';
import { InputError } from '../../errors.ts';
import { explanations } from '../../msi/lint/explanations.ts';
import { severities } from '../../msi/lint/index.ts';
import { type Explained, explainedJson, explainedText } from '../../report/explained.ts';
import { keysNamed, siteKeys } from '../../site/pages/explain-key.ts';
import { nearestNames } from '../../site/yaml/nearest.ts';
import { shortNames } from '../../verify/choose.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly format: 'human' | 'json';
}

const help = `
WHAT is a key of the site file, the name of a check, a rule of \`oriel msi lint\`, \`charm lint\` or \`bundle lint\`, or an error:
its code, its name or words of its message. All that fits is shown, in this order. \`key:\`, \`check:\`, \`rule:\` or \`error:\` before it asks for one kind alone.
Exit code 2 when nothing is called so.

Examples:
  oriel explain bind.port
  oriel explain share-handles
  oriel explain ICE33
  oriel explain bundle-in-charm
  oriel explain 0xC0000022
  oriel explain error:64
  oriel explain "[Errno 22] Invalid argument" --format json`;

/** `oriel explain`: what a key, a check, a lint rule or an error means, and what to do about it. */
export const explain: Verb = (program, run) => {
  formatted(program.command('explain'))
    .description('explain a key of the site file, a check, a lint rule or an error')
    .argument('<what>', 'key, check, rule, error code or words of an error message')
    .addHelpText('after', help)
    .action((what: string, { format }: Flags) =>
      run(async ({ print }) => {
        const things = await explained(what);
        print(format === 'json' ? explainedJson(what, things) : explainedText(things));
        return 0;
      }),
    );
};

type Kind = Explained['kind'];

/** One kind of things that have an explanation. */
interface Shelf {
  readonly find: (name: string) => readonly Explained[];
  /** What has these words somewhere, for where nothing is called so. */
  readonly search?: (words: string) => readonly Explained[];
  readonly names: readonly string[];
}

/** All that is called so, of all kinds or of the one that is asked for. Throws InputError with near names where nothing is. */
async function explained(what: string): Promise<readonly Explained[]> {
  const [, forced, rest] = /^(key|check|rule|error):\s*(.+)$/is.exec(what) ?? [];
  const name = (rest ?? what).trim();
  const kind = forced?.toLowerCase() as Kind | undefined;
  const shelves = await shelvesOf();
  const chosen = kind ? [shelves[kind]] : [shelves.key, shelves.check, shelves.rule, shelves.error];
  const found = chosen.flatMap(({ find }) => find(name));
  const all = found.length > 0 ? found : chosen.flatMap(({ search }) => search?.(name) ?? []);
  if (all.length > 0) return all;
  const near = nearestNames(
    name,
    chosen.flatMap(({ names }) => names),
  );
  const hint =
    near.length > 0
      ? `did you mean ${near
          .slice(0, 5)
          .map((one) => `\`${one}\``)
          .join(', ')}?`
      : 'name a key of the site file, a check (oriel verify SITE --list), a lint rule (docs/reference/packages/msi-lint.md, docs/reference/charm-lint.md) or an error';
  throw new InputError([
    { message: `nothing is called \`${name}\`${kind ? ` among ${kinds[kind]}` : ''}`, hint },
  ]);
}

const kinds: Readonly<Record<Kind, string>> = {
  key: 'the keys of the site file',
  check: 'the checks',
  rule: 'the lint rules',
  error: 'the errors',
};

async function shelvesOf(): Promise<Readonly<Record<Kind, Shelf>>> {
  const keys = siteKeys(components);
  const checks = await checkCatalogue();
  const shown = (error: KnownError): Explained => ({ kind: 'error', error: withKnownChecks(error, checks) });
  return {
    key: {
      find: (name) => keysNamed(keys, name).map((key) => ({ kind: 'key', ...key })),
      names: keys.flatMap(({ path }) => [path, path.split('.').at(-1) ?? path]),
    },
    check: {
      find: (name) =>
        checks
          .filter((check) => shortNames(check.name).some((one) => same(one, name)))
          .map((check) => ({ kind: 'check', ...check })),
      names: checks.flatMap(({ name }) => shortNames(name)),
    },
    rule: {
      find: rulesNamed,
      names: Object.keys(ruleTexts),
    },
    error: {
      find: (name) => findErrors(allErrors, name).map(shown),
      search: (words) => errorsWith(allErrors, words).map(shown),
      names: errorNames(allErrors),
    },
  };
}

/** Without the checks that no component has: nobody could run them. */
function withKnownChecks(error: KnownError, checks: readonly CheckDescription[]): KnownError {
  const known = (name: string): boolean =>
    checks.some((check) => shortNames(check.name).some((one) => same(one, name)));
  const [first, ...others] = error.causes;
  const limited = (cause: ErrorCause): ErrorCause => ({ ...cause, checks: cause.checks.filter(known) });
  return { ...error, causes: [limited(first), ...others.map(limited)] };
}

/** The rules of all lints: no two have one name. */
const ruleTexts: Readonly<Record<string, { readonly severity: string; readonly text: string }>> = {
  ...Object.fromEntries(
    Object.entries(explanations).map(([id, text]) => [id, { severity: severities.get(id) ?? 'error', text }]),
  ),
  ...lintRules,
};

function rulesNamed(name: string): readonly Explained[] {
  return Object.entries(ruleTexts)
    .filter(([id]) => same(id, name))
    .map(([id, { severity, text }]) => ({ kind: 'rule', id, severity, text }));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
