import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintRulesReference } from '../../src/charm/lint/rules/index.ts';
import { allErrors, components } from '../../src/components/index.ts';
import type { Component } from '../../src/components/model/component.ts';
import { errorReference } from '../../src/diagnosis/reference.ts';
import { eventJsonSchema } from '../../src/events/schema.ts';
import { statusTable } from '../../src/juju/status/statuses.ts';
import { lintReference } from '../../src/msi/lint/reference.ts';
import { planJsonSchema } from '../../src/plan/model/schema.ts';
import { run } from '../../src/process.ts';
import { packageContract } from '../../src/product/contract.ts';
import { productJsonSchema } from '../../src/product/grammar/grammar.ts';
import { readProduct } from '../../src/product/outline.ts';
import { productReference } from '../../src/product/reference.ts';
import { checkReportSchema } from '../../src/report/checks/schema.ts';
import { siteJsonSchema } from '../../src/site/grammar/json-schema.ts';
import { siteReference } from '../../src/site/pages/reference.ts';
import { callTable } from './agent-table.ts';
import { agentTypes } from './agent-types.ts';
import type { Check, Finding } from './check.ts';
import { programOutlines } from './documents/commands.ts';
import { layerTable } from './layers.ts';
import { resourceReference } from './resource-reference.ts';
import { statusWordTable } from './status-words.ts';
import { storageCheckTable } from './storage-check-table.ts';
import { verbReference } from './verb-reference.ts';

const outlines = await programOutlines();

/** A file of the repository that the code makes. */
export interface Generated {
  /** From the root. Of a .json file only the data is compared: its form is the formatter's. */
  readonly file: string;
  /** Takes what the file holds now, for files of which only a part is made. */
  readonly generate: (current: string) => string;
}

/** Every generated file; a new one is added here. */
export const generatedFiles: readonly Generated[] = [
  { file: 'ARCHITECTURE.md', generate: (current) => between(current, 'layers', layerTable()) },
  {
    file: 'docs/reference/glossary.md',
    generate: (current) => between(current, 'status words', statusWordTable()),
  },
  { file: 'docs/reference/site-file.md', generate: () => siteReference(components) },
  {
    file: 'docs/reference/storage-checks.md',
    generate: (current) => between(current, 'checks', storageCheckTable()),
  },
  { file: 'docs/reference/verbs.md', generate: () => verbReference(outlines) },
  { file: 'docs/reference/resources.md', generate: resourceReference },
  ...components.flatMap((one) => guideOf(one)),
  { file: 'docs/reference/errors.md', generate: () => errorReference(allErrors) },
  { file: 'docs/reference/packages/msi-lint.md', generate: lintReference },
  { file: 'docs/reference/charm-lint.md', generate: lintRulesReference },
  { file: 'docs/reference/juju.md', generate: (current) => between(current, 'statuses', statusTable()) },
  {
    file: 'docs/reference/schemas/plan.schema.json',
    generate: () => JSON.stringify(planJsonSchema(), null, 2),
  },
  {
    file: 'docs/reference/schemas/verify.schema.json',
    generate: () => JSON.stringify(checkReportSchema(), null, 2),
  },
  {
    file: 'docs/reference/schemas/event.schema.json',
    generate: () => JSON.stringify(eventJsonSchema(), null, 2),
  },
  { file: 'docs/reference/packages/product-file.md', generate: productReference },
  { file: 'product.schema.json', generate: () => JSON.stringify(productJsonSchema(), null, 2) },
  {
    file: 'docs/reference/nodes/agent-protocol.md',
    generate: (current) => between(current, 'calls', callTable()),
  },
  { file: 'src/session/agent-link/agent-calls.ts', generate: () => agentTypes() },
  { file: 'oriel.schema.json', generate: () => JSON.stringify(siteJsonSchema(components), null, 2) },
];

/** The page about installing the package of a component by msiexec alone. */
function guideOf({ package: product }: Component): readonly Generated[] {
  if (!product?.guide) return [];
  const { file, text } = product.guide;
  return [{ file, generate: () => text(packageContract(readProduct(product.file()))) }];
}

/** Generated files are what the code makes of them today. */
export const generated: Check = {
  name: 'generated files',
  run: async (root) => staleFiles(root, generatedFiles),
};

export function staleFiles(root: string, files: readonly Generated[]): readonly Finding[] {
  return files
    .filter(({ file, generate }) => {
      const path = join(root, file);
      const data = file.endsWith('.json') ? (text: string) => JSON.stringify(JSON.parse(text)) : String;
      if (!existsSync(path)) return true;
      const current = readFileSync(path, 'utf8');
      return data(current) !== data(generate(current));
    })
    .map(({ file }) => ({ file, message: 'is not what the code makes; run `npm run check -- --write`' }));
}

/** Writes those that are stale. */
export async function writeGenerated(root: string): Promise<void> {
  const stale = staleFiles(root, generatedFiles).map(({ file }) => file);
  for (const { file, generate } of generatedFiles.filter((one) => stale.includes(one.file))) {
    const path = join(root, file);
    writeFileSync(path, generate(existsSync(path) ? readFileSync(path, 'utf8') : ''));
    if (file.endsWith('.json'))
      await run(join(root, 'node_modules/.bin/biome'), ['format', '--write', join(root, file)]);
  }
}

/** A text with the part between `<!-- NAME -->` and `<!-- /NAME -->` replaced. */
export function between(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) return text;
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}
