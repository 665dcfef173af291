import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FileError } from '../../../errors.ts';
import type { YamlNode } from '../../yaml/node.ts';
import { readYaml } from '../../yaml/read.ts';
import { sorted } from '../charm/lint-charm.ts';
import { yamlProblems } from '../charm/subject.ts';
import { type LintFinding, type Report, reporter } from '../finding.ts';
import { checkCharms } from './charms.ts';
import { type BundleDocument, mergeBundle } from './model.ts';
import { checkReferences } from './references.ts';
import { checkShape } from './shape.ts';

/**
 * What Juju refuses of a bundle file with its overlays, and what it ignores: the first document alone, as the client of Juju 3.2 and
 * later reads it, then all of it merged. Throws FileError where a file cannot be read.
 */
export function lintBundle(file: string, overlays: readonly string[] = []): readonly LintFinding[] {
  const { findings, about } = reporter();
  const files = new Map<object, string>();
  const documents = [file, ...overlays].flatMap((one) => readDocuments(one, about(one), files));
  for (const [index, document] of documents.entries()) checkShape(document, about(document.file), index > 0);
  const report: Report = (rule, at, ...rest) => about(files.get(at?.at ?? {}) ?? file)(rule, at, ...rest);
  const [first] = documents;
  if (!first) return sorted(findings);
  checkAlone(first, documents.length > 1, report);
  const bundle = mergeBundle(documents);
  if (bundle.applications.size === 0)
    report(
      'applications-missing',
      first.root,
      'it has no applications',
      'Add `applications:` with one at least.',
    );
  // What the first document says wrongly by itself is told once.
  const known = new Set(findings.map(({ rule, line, file: where }) => `${rule} ${where}:${line}`));
  const merged = reporter();
  const mergedReport: Report = (rule, at, ...rest) =>
    merged.about(files.get(at?.at ?? {}) ?? file)(rule, at, ...rest);
  checkReferences(bundle, mergedReport);
  checkCharms(bundle, mergedReport);
  const told = new Set(
    findings
      .filter(({ rule }) => rule === 'first-document')
      .map(({ file: where, line }) => `${where}:${line}`),
  );
  const others = merged.findings.filter(
    ({ rule, line, file: where }) => !known.has(`${rule} ${where}:${line}`) && !told.has(`${where}:${line}`),
  );
  return sorted([...findings, ...others]);
}

/** References of the first document that only overlays make right: Juju refuses them although the overlay is given. */
function checkAlone(first: BundleDocument, hasOverlays: boolean, report: Report): void {
  if (!hasOverlays) return;
  checkReferences(mergeBundle([first]), (_, at, message, remedy) =>
    report(
      'first-document',
      at,
      `${message}: the first document is read alone, without overlays`,
      `Move it to the document or overlay that brings the other. ${remedy}`,
    ),
  );
}

function readDocuments(file: string, report: Report, files: Map<object, string>): readonly BundleDocument[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FileError(
      file,
      missing ? 'no such file' : String((error as Error).message),
      'Name a bundle: a YAML file.',
    );
  }
  const { documents, problems } = readYaml(text);
  yamlProblems(report, problems);
  return documents.flatMap((root) => {
    remember(root, file, files);
    if (root.kind === 'map') return [{ file, folder: dirname(resolve(file)), root }];
    if (!(root.kind === 'scalar' && root.value === null && documents.length > 1))
      report('yaml-map', root, 'a bundle is a map of keys and values', 'Begin with `applications:`.');
    return [];
  });
}

/** Which file each place is of; findings about what is merged need it. */
function remember(node: YamlNode, file: string, files: Map<object, string>): void {
  files.set(node.at, file);
  if (node.kind === 'list') for (const item of node.items) remember(item, file, files);
  if (node.kind === 'map')
    for (const entry of node.entries) {
      files.set(entry.at, file);
      remember(entry.value, file, files);
    }
}
