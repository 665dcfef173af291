import type { CharmTree } from '../../archive/tree.ts';
import { pathIn } from '../../archive/tree.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { readYaml } from '../../yaml/read.ts';
import type { LintFinding, Report } from '../finding.ts';
import { reporter } from '../finding.ts';

/** A YAML file of a charm. */
export interface CharmDocument {
  readonly root: YamlNode;
  readonly report: Report;
}

/** A charm as the rules see it. */
export interface CharmSubject {
  readonly tree: CharmTree;
  readonly findings: LintFinding[];
  /** Says something of a file of it. */
  readonly about: (path: string) => Report;
  /** A YAML file; undefined where it is not there or is no YAML, which is said once. */
  readonly document: (name: string) => CharmDocument | undefined;
}

/** Wraps a tree for the rules. */
export function charmSubject(tree: CharmTree): CharmSubject {
  const { findings, about } = reporter();
  const read = new Map<string, CharmDocument | undefined>();
  const aboutPath = (path: string) => about(pathIn(tree, path));
  return {
    tree,
    findings,
    about: aboutPath,
    document(name) {
      if (!read.has(name)) read.set(name, readDocument(tree, name, aboutPath(name)));
      return read.get(name);
    },
  };
}

function readDocument(tree: CharmTree, name: string, report: Report): CharmDocument | undefined {
  const entry = tree.entries.get(name);
  if (entry?.kind !== 'file') return undefined;
  const { documents, problems } = readYaml(entry.read().toString('utf8'));
  yamlProblems(report, problems);
  const [root] = documents;
  if (!root) return undefined;
  if (root.kind === 'map') return { root, report };
  report('yaml-map', root, `${name} is not a map of keys and values`, 'Begin with `key: value`.');
  return undefined;
}

/** Says what is wrong with the text of a YAML file. */
export function yamlProblems(report: Report, problems: ReturnType<typeof readYaml>['problems']): void {
  for (const { kind, at, message } of problems)
    if (kind === 'duplicate-key')
      report(
        'yaml-duplicate-key',
        { at },
        `${message}; Juju takes the last one without a word`,
        'Delete one of them.',
      );
    else
      report('yaml-syntax', { at }, `this is not YAML that Juju reads: ${message}`, 'Correct the text here.');
}
