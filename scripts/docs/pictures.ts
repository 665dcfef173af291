// Makes the pictures of the README from real output: scripts/docs/pictures.ts REPORT
// docs/pictures/run.txt is what a terminal showed of `oriel apply --yes` and `oriel verify`; `...` and the ends of long lines are left out.
// REPORT is what `oriel verify --format html` printed. Needs a Chromium: apt-get install chromium-headless-shell.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startOwnBrowser } from './browser.ts';
import { terminalPicture } from './terminal-picture.ts';

const [report = 'verify.html'] = process.argv.slice(2);
const target = resolve(import.meta.dirname, '../../docs/pictures');

const run = await readFile(join(target, 'run.txt'), 'utf8');
await writeFile(join(target, 'run.svg'), terminalPicture(run.trimEnd().split('\n')));

const browser = await startOwnBrowser();
const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
await page.setContent(await readFile(report, 'utf8'));
await page.screenshot({ path: join(target, 'report.png') });
await browser.close();
