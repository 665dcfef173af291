// Makes pictures of the pages that oriel writes, on a wide screen and a phone, light and dark: test/browser/screenshots.ts [FOLDER]
// Default: .oriel/screenshots. Needs a Chromium: apt-get install chromium-headless-shell.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inEachView, startOwnBrowser } from '../../scripts/docs/browser.ts';
import { samplePages } from './samples.ts';

const folder = process.argv[2] ?? join('.oriel', 'screenshots');
await mkdir(folder, { recursive: true });
const browser = await startOwnBrowser();
await inEachView(browser, async ({ page, suffix }) => {
  for (const [name, make] of Object.entries(samplePages)) {
    await page.setContent(make());
    const path = join(folder, `${name}-${suffix}.png`);
    await page.screenshot({ path, fullPage: name !== 'verify-20-nodes' });
    console.log(path);
  }
});
await browser.close();
