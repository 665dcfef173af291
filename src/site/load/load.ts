import type { z } from 'zod';
import { InputError, type Problem } from '../../errors.ts';
import type { Deployment, Release } from '../deployment.ts';
import { defaultRelease } from '../grammar/release.ts';
import type { SiteFragment, WrittenSite } from '../grammar/site.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import { siteKind } from '../grammar/site-file.ts';
import { siteGrammar } from '../grammar/site-grammar.ts';
import { unsupported } from '../grammar/unsupported.ts';
import { rulesOf } from '../rules/index.ts';
import type { Environment } from '../secrets/secret-source.ts';
import { exposedFiles, secretSources } from '../secrets/secret-sources.ts';
import { placeholders, resolveSecrets, type Secrets } from '../secrets/secrets.ts';
import { markedValues, resolved } from '../values/resolved.ts';
import { arrange, problemOf, type YamlFinding } from '../yaml/finding.ts';
import { find, type Located, merge, plain } from '../yaml/located.ts';
import type { KeyPath } from '../yaml/rule.ts';
import { readChain } from './extends.ts';
import { fileFindings } from './files.ts';
import { freeze } from './freeze.ts';
import { findingsOf, issueWords } from './issues.ts';
import { prune } from './prune.ts';
import { resolver } from './resolve.ts';
import { toDeployment } from './to-deployment.ts';

export interface LoadOptions {
  /** The components that a site may have; src/components/index.ts holds them all. */
  readonly components: readonly SiteComponent[];
  /** What secrets of the kind `env` are read from; `process.env` when absent. */
  readonly env?: Environment;
  /**
   * Which secrets the sources are asked for; the others hold `[secret:NAME]`. `resolve`, the default: all but those that sign
   * packages, which a machine that deploys need not have. `sign`: only these. `placeholder`: none.
   */
  readonly secrets?: 'resolve' | 'sign' | 'placeholder';
  /** In place of what is in the file, which then need not be there. */
  readonly text?: string;
  /** In place of the release that the file names. */
  readonly release?: Release;
}

/**
 * Reads a site file and all it extends into a frozen Deployment. Throws one InputError with every error there is: YAML,
 * grammar, keys that do not fit each other, what components know, files and secrets that are missing.
 */
export async function loadDeployment(file: string, options: LoadOptions): Promise<Deployment> {
  const { root: written, problems, texts } = await readChain(file, options.text);
  if (!written) throw new InputError(arrange(problems, texts));
  const root = options.release ? withReleaseOf(written, options.release) : written;
  const site = await check(root, options);
  const all = arrange([...problems, ...site.problems], texts);
  const errors = all.filter(({ severity }) => severity !== 'warning');
  if (errors.length > 0 || !site.written) throw new InputError(errors);
  const grammar = siteGrammar(options.components);
  const whole = resolved(grammar, site.written, resolver(root, site.secrets));
  return freeze(toDeployment({ file, site: whole, warnings: all }, options.components));
}

/** The place of the release stays what it was, for what is said about it. */
function withReleaseOf(root: Located, release: Release): Located {
  const at = find(root, ['release'])?.at ?? root.at;
  const entry = { at, value: { kind: 'scalar', at, value: release } } as const;
  return merge(root, { kind: 'map', at: root.at, entries: new Map([['release', entry]]) });
}

interface CheckedData {
  readonly problems: readonly Problem[];
  /** Absent where the grammar refused something. */
  readonly written?: WrittenSite | undefined;
  readonly secrets: Secrets;
}

async function check(root: Located, options: LoadOptions): Promise<CheckedData> {
  const data = plain(root);
  const { components } = options;
  const grammar = siteGrammar(components);
  const { data: written, error } = grammar.safeParse(data, { error: issueWords });
  const issues = error?.issues ?? [];
  const rest = prune(data, issues);
  // Sources that cannot be read must not make every secret an error as well.
  const asked = issues.some(({ path }) => path[0] === 'secrets') ? 'placeholder' : options.secrets;
  const { secrets, findings } = await findSecrets(rest, root, {
    ...options,
    ...(asked && { secrets: asked }),
  });
  const suspect = [...rulesOf(components).flatMap((rule) => rule(rest)), ...findings];
  const here = [
    ...findingsOf(issues, data, siteKind(components)),
    ...unsupported(rest, components),
    ...(await fileFindings(markedValues(grammar, rest), root)),
    ...suspect.filter((finding) => !follows(finding, issues)),
  ];
  const at = (path: KeyPath) => find(root, path)?.at;
  const raw = { data: withRelease(data), at };
  const foreign = components.flatMap(({ site }) => site.rawRules.flatMap((rule) => rule(raw)));
  return {
    written,
    secrets,
    problems: [...here.map((finding) => problemOf(finding, root)), ...foreign],
  };
}

/** `release: 2024.2` without quotes is refused, and must not hide what is wrong with the options of that release. */
function withRelease(data: unknown): unknown {
  const { release = defaultRelease, ...rest } = data as Readonly<Record<string, unknown>>;
  return { ...rest, release: typeof release === 'number' ? String(release) : release };
}

/** Whether a finding may only be there because a value it looks at was refused and taken out. */
function follows({ path }: YamlFinding, issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some((issue) => {
    if (issue.code === 'unrecognized_keys' || issue.code === 'invalid_key') return false;
    const shared = Math.min(path.length, issue.path.length);
    return path.slice(0, shared).every((step, index) => step === issue.path[index]);
  });
}

async function findSecrets(
  site: SiteFragment,
  root: Located,
  { secrets: mode = 'resolve', env = process.env }: LoadOptions,
): Promise<{ secrets: Secrets; findings: readonly YamlFinding[] }> {
  const others = placeholders(site);
  if (mode === 'placeholder') return { secrets: others, findings: [] };
  const isNeeded = (path: KeyPath) => (path[0] === 'msi') === (mode === 'sign');
  const { secrets, findings } = await resolveSecrets(site, secretSources(site, root, env), isNeeded);
  return {
    secrets: new Map([...others, ...secrets]),
    findings: [...(await exposedFiles(site, root)), ...findings],
  };
}
