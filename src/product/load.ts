import { dirname, resolve } from 'node:path';
import { InputError, type Problem } from '../errors.ts';
import { modelProblems } from '../msi/check/validate.ts';
import { planBinaries } from '../msi/layout/plan-binaries.ts';
import type { MsiModel } from '../msi/model/model.ts';
import { findingsOf, issueWords } from '../site/load/issues.ts';
import { prune } from '../site/load/prune.ts';
import { arrange, problemOf, type YamlFinding } from '../site/yaml/finding.ts';
import { type Located, plain } from '../site/yaml/located.ts';
import { readSource } from '../site/yaml/source.ts';
import { parseYaml } from '../site/yaml/yaml.ts';
import { type Gathered, gatherFiles, type Supplied } from './gather.ts';
import { productFile, productGrammar, type WrittenProduct } from './grammar/grammar.ts';
import { toModel } from './to-model.ts';
import { uiFindings } from './ui/check.ts';
import { withTexts } from './ui/own-texts.ts';
import { readTranslations } from './ui/translations.ts';
import { fillIn, variablesOf } from './variables.ts';

/**
 * Reads a product file into the model that `buildMsi` takes; `set` gives variables other values,
 * `supplied` the files of items that a build makes. Throws one InputError with every
 * error there is, with its place: YAML, variables, grammar, files that are not there, and what the compiler would refuse.
 */
export async function loadProduct(
  file: string,
  set: Readonly<Record<string, string>> = {},
  supplied: Supplied = {},
  language = 'en',
): Promise<MsiModel> {
  const source = await readSource(resolve(file), file);
  if ('message' in source) {
    const { message, at: position, hint } = source;
    throw new InputError([
      {
        message: `${position ? 'the file' : file} ${message}`,
        ...(position && { position }),
        ...(hint && { hint }),
      },
    ]);
  }
  const { root: written, problems } = parseYaml(source, productFile);
  const texts = new Map([[file, source.text]]);
  if (!written) throw new InputError(arrange(problems, texts));
  const { variables, problems: wrongSet } = variablesOf(written, set);
  const { root, problems: wrongVariables } = fillIn(written, variables);
  const { model, findings, translations } = await check(root, dirname(resolve(file)), supplied, language);
  const unfilled = new Set(wrongVariables.map(({ position }) => JSON.stringify(position)));
  const all: readonly Problem[] = [
    ...[...problems, ...wrongSet, ...wrongVariables, ...translations],
    ...findings
      .map((finding) => problemOf(finding, root))
      .filter(({ position }) => !unfilled.has(JSON.stringify(position))),
  ];
  if (all.length > 0 || !model) throw new InputError(arrange(all, texts));
  return model;
}

interface CheckedProduct {
  readonly model?: MsiModel;
  readonly findings: readonly YamlFinding[];
  /** What is wrong in files of translations. */
  readonly translations: readonly Problem[];
}

/** In place of what was refused, so that nothing more is said of it. */
const anything = {
  name: 'x',
  manufacturer: 'x',
  version: '1.0.0',
  upgradeCode: '{00000000-0000-0000-0000-000000000000}',
  installDirectory: 'x',
};

/** What the grammar refuses is taken out, so that the compiler can look at the rest. */
async function check(
  root: Located,
  directory: string,
  supplied: Supplied,
  language: string,
): Promise<CheckedProduct> {
  const data = plain(root);
  const first = productGrammar.safeParse(data, { error: issueWords });
  const issues = first.error?.issues ?? [];
  const refused = findingsOf(issues, data, productFile);
  const rest = { ...anything, ...prune<object>(data, issues) };
  const { data: written } = first.success ? first : productGrammar.safeParse(rest);
  if (!written) return { findings: refused, translations: [] };
  const { languages, problems } = await readTranslations(written, directory);
  const texts = languages.get(language) ?? new Map();
  const missing: YamlFinding[] = languages.has(language)
    ? []
    : [
        {
          path: ['ui'],
          message: `there is no translation \`${language}\`, only ${[...languages.keys()].join(', ')}`,
        },
      ];
  const { gathered, findings } = await gatherFiles(written, directory, supplied);
  const { model, findings: mismatched } = toModel(withTexts(written, texts), gathered, directory, {
    name: language,
    texts,
  });
  const here = [...refused, ...findings, ...mismatched, ...missing, ...uiFindings(written)];
  return {
    model,
    findings: [...here, ...compilerFindings(written, model, gathered, here)],
    translations: problems,
  };
}

/** What the compiler says of the model, at the keys that it came from, unless something is said of that item already. */
function compilerFindings(
  { actions, binaries, properties, ...written }: WrittenProduct,
  model: MsiModel,
  gathered: readonly Gathered[],
  known: readonly YamlFinding[],
): readonly YamlFinding[] {
  const problems = [...modelProblems(model), ...planBinaries(model).problems];
  const placed = problems.map(({ path, message }): YamlFinding => {
    const [list, index = 0, key] = path;
    if (list === 'epoch') return { path: ['date'], message };
    if (list === 'files' && path.length > 1)
      return { path: ['files', gathered[Number(index)]?.item ?? 0], message };
    // Behind what is written stands what `installer` adds.
    const own = { actions, binaries, properties }[String(list)];
    if (own && Number(index) >= own.length)
      return { path: [written.installer ? 'installer' : 'ui'], message };
    if (list !== 'actions' || (key !== 'call' && key !== 'place')) return { path, message };
    const { after, before } = actions[Number(index)] ?? {};
    const place = after !== undefined ? 'after' : before !== undefined ? 'before' : 'sequence';
    return { path: key === 'place' ? [list, index, place] : [list, index], message };
  });
  const items = new Set(known.map(({ path }) => path.slice(0, 2).join(' ')));
  return placed.filter(({ path }) => !items.has(path.slice(0, 2).join(' ')) && !items.has(String(path[0])));
}
