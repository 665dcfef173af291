import type { CharmTree } from '../../archive/tree.ts';
import type { LintFinding } from '../finding.ts';
import { checkActions } from './actions.ts';
import { checkAgainst } from './against.ts';
import { checkConfig } from './config.ts';
import { checkFiles } from './files.ts';
import { checkManifest } from './manifest.ts';
import { checkMetadata } from './metadata.ts';
import { checkProject } from './project.ts';
import { checkRelations } from './relations.ts';
import { checkScripts } from './scripts.ts';
import { charmSubject } from './subject.ts';
import { checkThings } from './things.ts';

const checks = [
  ...[checkFiles, checkProject, checkMetadata, checkRelations, checkThings],
  ...[checkConfig, checkActions, checkManifest, checkScripts],
];

/**
 * What Juju's parser, packer, client and controller refuse of a charm, and what none of them says although it breaks; with `old` also what
 * a refresh from that charm changes. In the order of files and lines.
 */
export function lintCharm(tree: CharmTree, old?: CharmTree): readonly LintFinding[] {
  const subject = charmSubject(tree);
  for (const check of checks) check(subject);
  if (old) checkAgainst(subject, charmSubject(old));
  return sorted(subject.findings);
}

/** By file and line; those about a whole file come first. */
export function sorted(findings: readonly LintFinding[]): readonly LintFinding[] {
  return [...findings].sort((a, b) =>
    a.file < b.file
      ? -1
      : a.file > b.file
        ? 1
        : (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
