// Makes pictures of the site of the guide, wide and narrow, light and dark: scripts/docs/screenshots.ts [FOLDER], after `npm run docs:site`
// Default: .oriel/docs-screenshots. Needs a Chromium: apt-get install chromium-headless-shell.
import { createReadStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { inEachView, startOwnBrowser } from './browser.ts';

const folder = process.argv[2] ?? join('.oriel', 'docs-screenshots');
const site = resolve('dist/docs');
const names = [
  'index',
  'how-to/start',
  'explanation/overview',
  'reference/verbs',
  'reference/site-file',
  'how-to/troubleshoot',
];
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const server = createServer(({ url = '/' }, response) => {
  const path = join(site, decodeURI(new URL(url, 'http://site').pathname));
  if (!existsSync(path)) return response.writeHead(404).end();
  response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
  return createReadStream(path).pipe(response);
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const { port } = server.address() as AddressInfo;

await mkdir(folder, { recursive: true });
const browser = await startOwnBrowser();
await inEachView(browser, async ({ page, width, suffix }) => {
  page.on('request', (request) => {
    if (!request.url().startsWith(`http://127.0.0.1:${port}/`))
      console.error(`asks elsewhere: ${request.url()}`);
  });
  for (const name of names) {
    await page.goto(`http://127.0.0.1:${port}/${name}.html`, { waitUntil: 'networkidle' });
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    if (Number(wide) > width) console.error(`${name} is ${wide} wide on ${width}`);
    const path = join(folder, `${name.replace('/', '-')}-${suffix}.png`);
    await page.screenshot({ path });
    console.log(path);
  }
  await searchFor(page, 'drain');
  await page.screenshot({ path: join(folder, `search-${suffix}.png`) });
});
await browser.close();
server.close();

/** Searches as a reader does; throws where nothing is found. */
async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('.VPLocalSearchBox input').fill(words);
  await page.locator('.VPLocalSearchBox .result').first().waitFor();
}
