import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const names = ['chromium-headless-shell', 'chromium', 'google-chrome'];

/** A Chromium of this machine, or undefined where it has none (Debian: apt-get install chromium-headless-shell). */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Starts a Chromium without a window. Its own sandbox does not run as root, and what it opens here is ours. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Starts the Chromium of this machine. Throws Error with what to do where there is none. */
export function startOwnBrowser(): Promise<Browser> {
  const found = findChromium();
  if (!found) throw new Error('no Chromium is installed: apt-get install chromium-headless-shell');
  return startBrowser(found);
}

/** A window of one width and colour scheme; `suffix` is both, for names of pictures. */
export interface View {
  readonly page: Page;
  readonly width: number;
  readonly suffix: string;
}

/** Shows something on a wide screen and on a phone, light and dark, each in a window of its own. */
export async function inEachView(browser: Browser, show: (view: View) => Promise<void>): Promise<void> {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
      await show({ page: await context.newPage(), width, suffix: `${width}-${colorScheme}` });
      await context.close();
    }
}
