// Makes the pictures of the README from real output: scripts/docs/pictures.ts FOLDER
// FOLDER has a site that is deployed in a sandbox (docs/how-to/start.md). One worker is taken away there and given back.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../../src/process.ts';
import { findChromium, startBrowser } from '../../test/browser/browser.ts';
import { terminalPicture } from './terminal-picture.ts';

const [folder = '.'] = process.argv.slice(2);
const target = resolve(import.meta.dirname, '../../docs/pictures');
const program = resolve(import.meta.dirname, '../../dist/oriel.cjs');
const site = join(folder, 'site.yaml');

/** What a verb prints, as a line with its command and the lines below it. */
async function shown(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(process.execPath, [program, ...words], { cwd: folder, accept: [0, 1, 3] });
  return [`$ oriel ${words.join(' ')}`, ...stdout.trimEnd().split('\n'), ''];
}

/** Lines without those that say that nothing changes; one line tells how many these were. */
function changes(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line) => !/^ +=|in sync$/.test(line) || line.startsWith('$'));
  return kept.filter((line, index) => line !== '' || kept[index - 1] !== '');
}

await mkdir(target, { recursive: true });
const before = await readFile(site, 'utf8');
await writeFile(site, before.replace(/^ {2}glance:$/m, '$&\n    workers: 1'));
try {
  const plan = changes(await shown('plan', '--node', 'glance-1'));
  await shown('apply', '--yes');
  const verified = (await shown('verify')).filter((line) => !line.startsWith('skip'));
  await writeFile(join(target, 'run.svg'), terminalPicture([...plan, ...verified]));
  const page = await run(process.execPath, [program, 'verify', '--format', 'html'], {
    cwd: folder,
    accept: [0, 1],
  });
  await screenshot(page.stdout, join(target, 'report.png'));
} finally {
  await writeFile(site, before);
  await shown('apply', '--yes');
}

async function screenshot(html: string, file: string): Promise<void> {
  const chromium = findChromium();
  if (!chromium) throw new Error('no Chromium is installed: apt-get install chromium-headless-shell');
  const browser = await startBrowser(chromium);
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
  await page.setContent(html);
  await page.screenshot({ path: file });
  await browser.close();
}
