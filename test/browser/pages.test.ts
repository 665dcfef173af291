import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, startBrowser } from '../../scripts/docs/browser.ts';
import { measureContrast } from './contrast.ts';
import { nastyPages, samplePages } from './samples.ts';

const chromium = findChromium();
/** Why these are skipped is in their name. */
const where = chromium
  ? 'in a browser'
  : 'in a browser (skipped: no Chromium; apt-get install chromium-headless-shell)';

let browser: Browser;
beforeAll(async () => {
  if (chromium) browser = await startBrowser(chromium);
}, 60_000);
afterAll(() => browser?.close());

/** Opens a page and gathers what goes wrong in it: errors, refused scripts and styles, dialogs, requests for anything else. */
async function opened<Result>(
  html: string,
  options: BrowserContextOptions,
  look: (page: Page, wrong: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const wrong: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() !== 'log') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('dialog', (dialog) => {
    wrong.push('dialog');
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== 'http://pages.test/') wrong.push(request.url());
  });
  await context.route('http://pages.test/', (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
  );
  try {
    await page.goto('http://pages.test/');
    return await look(page, wrong);
  } finally {
    await context.close();
  }
}

interface Contrast {
  readonly faint: readonly string[];
  readonly measured: number;
}

const phone = { viewport: { width: 390, height: 844 } };
const schemes = ['light', 'dark'] as const;

describe.skipIf(!chromium)(where, () => {
  test.each(
    Object.entries(samplePages).flatMap(([name, make]) => schemes.map((scheme) => ({ name, make, scheme }))),
  )(
    'the page of $name in $scheme has no error, fits a phone, and every text can be read',
    async ({ make, scheme }) => {
      const html = make();
      for (const size of [{}, phone])
        await opened(html, { ...size, colorScheme: scheme }, async (page, wrong) => {
          const { faint, measured } = await page.evaluate<Contrast>(`(${measureContrast})(4.5)`);
          expect(faint).toEqual([]);
          expect(measured).toBeGreaterThan(10);
          const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          expect(tooWide).toBeLessThanOrEqual(0);
          expect(wrong).toEqual([]);
        });
    },
    60_000,
  );

  test.each(Object.entries(nastyPages))('words of nodes on the page of %s stay words', async (_, make) => {
    await opened(make(), phone, async (page, wrong) => {
      const found = await page.evaluate<{ text: string }>(`({
        taken: globalThis.taken,
        scripts: document.scripts.length,
        others: document.querySelectorAll('img, iframe, object, embed, [onerror], a[href]:not([href^="#"], [href="run.html"])').length,
        text: document.body.textContent,
        wide: document.documentElement.scrollWidth > innerWidth,
      })`);
      expect(found).toMatchObject({ taken: undefined, scripts: 1, others: 0, wide: false });
      expect(found.text).toContain('<script>window.taken=1</script><img src=x');
      expect(wrong).toEqual([]);
    });
  });

  test('a script that came in all the same would not run', async () => {
    const html = samplePages.verify?.().replace('</main>', '<script>window.taken = 1</script></main>') ?? '';
    await opened(html, {}, async (page, wrong) => {
      expect(await page.evaluate('globalThis.taken')).toBeUndefined();
      expect(wrong.join()).toContain('Content Security Policy');
    });
  });

  test('all of it can be used from the keyboard', async () => {
    await opened(samplePages.verify?.() ?? '', {}, async (page) => {
      const passes = page.locator('.row.pass').first();
      await page.keyboard.press('Tab');
      for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.id')).toBe('v-pass');
      await page.keyboard.press('Space');
      expect(await page.locator('tr.pass').first().isVisible()).toBe(false);
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.id')).toBe('unfold');
      expect(await passes.isVisible()).toBe(false);
      await page.keyboard.press('Enter');
      expect(await passes.isVisible()).toBe(true);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await passes.isVisible()).toBe(false);
      await page.keyboard.press('Tab');
      await page.keyboard.type('STO-20');
      expect(await page.locator('details.item:visible').count()).toBe(1);
    });
  });

  test('a badge leads to its result, which is unfolded', async () => {
    await opened(samplePages.verify?.() ?? '', {}, async (page) => {
      const badge = page.locator('.matrix a.pass').first();
      const target = page.locator((await badge.getAttribute('href')) ?? '');
      expect(await target.isVisible()).toBe(false);
      await badge.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => target.isVisible()).toBe(true);
    });
  });

  test('times are those of the reader, and UTC without the script; filters work without it too', async () => {
    const html = samplePages.verify?.() ?? '';
    await opened(html, { timezoneId: 'Asia/Tokyo', locale: 'en-GB' }, async (page) => {
      expect(await page.locator('time').first().textContent()).toBe('2 Jan 2026, 12:04:06');
    });
    await opened(html, { javaScriptEnabled: false }, async (page, wrong) => {
      expect(await page.locator('time').first().textContent()).toBe('2026-01-02 03:04:06 UTC');
      expect(await page.locator('#tools').isVisible()).toBe(false);
      await page.locator('#v-fail').uncheck();
      expect(await page.locator('.row.fail').first().isVisible()).toBe(false);
      expect(wrong).toEqual([]);
    });
  });

  test.each(['verify', 'plan', 'run'])(
    'the page of %s is unfolded on paper, without the script',
    async (name) => {
      await opened(samplePages[name]?.() ?? '', { javaScriptEnabled: false }, async (page) => {
        const folded = page.locator('details:not([open], .none) > :not(summary)').first();
        expect(await folded.evaluate((element) => element.checkVisibility())).toBe(false);
        await page.emulateMedia({ media: 'print' });
        expect(await folded.evaluate((element) => element.checkVisibility())).toBe(true);
        expect(await folded.evaluate((element) => element.getBoundingClientRect().height)).toBeGreaterThan(
          10,
        );
        expect((await page.pdf()).length).toBeGreaterThan(10_000);
      });
    },
  );
});
