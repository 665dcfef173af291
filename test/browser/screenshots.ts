// Makes pictures of the pages that oriel writes, on a wide screen and a phone, light and dark: test/browser/screenshots.ts [FOLDER]
// Default: .oriel/screenshots. Needs a Chromium: apt-get install chromium-headless-shell.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, startBrowser } from '../../scripts/docs/browser.ts';
import { samplePages } from './samples.ts';

const folder = process.argv[2] ?? join('.oriel', 'screenshots');
const chromium = findChromium();
if (!chromium) {
  console.error('screenshots: no Chromium is installed: apt-get install chromium-headless-shell');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const browser = await startBrowser(chromium);
for (const width of [1280, 390])
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
    const page = await context.newPage();
    for (const [name, make] of Object.entries(samplePages)) {
      await page.setContent(make());
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: name !== 'verify-20-nodes' });
      console.log(path);
    }
    await context.close();
  }
await browser.close();
