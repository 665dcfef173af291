// Makes a site of the guide, with search, that needs no network: npm run docs:site [-- --serve]
// The generator is in scripts/docs/package.json, apart from the program; the first call installs it.
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { run } from '../../src/process.ts';
import { pages } from '../check/documents/markdown.ts';
import { sitePage, sitePath } from './site-page.ts';

const root = resolve(import.meta.dirname, '../..');
const own = import.meta.dirname;
/** The pages as the generator reads them: a copy, as links between pages differ there. */
const source = join(root, '.oriel/docs');
const target = join(root, 'dist/docs');

if (!existsSync(join(own, 'node_modules/vitepress'))) {
  console.log('docs: installing the generator (scripts/docs/package.json)');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: own });
}

await rm(source, { recursive: true, force: true });
await cp(join(root, 'docs'), source, { recursive: true, filter: (name) => !name.endsWith('.md') });
await cp(join(root, 'docs/reference/schemas'), join(source, 'public/reference/schemas'), { recursive: true });
// Pages become modules there, and these look for Vue from their own folder.
await symlink(join(own, 'node_modules'), join(source, 'node_modules'));
const all = pages(root);
const known = new Set(all.map(({ path }) => path));
for (const page of all) {
  const path = join(source, sitePath(page.path));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, sitePage(page, known));
}

console.log(`docs: ${all.length} pages`);
const vitepress = join(own, 'node_modules/.bin/vitepress');
await run(vitepress, ['build', own, '--outDir', target], { cwd: own, env: process.env });
console.log(
  `docs: ${target}/index.html; serve the folder with any web server, for example \`npx vitepress preview scripts/docs\``,
);
