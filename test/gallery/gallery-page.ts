/**
 * Controls the gallery in a browser: draws a state, shows it in a theme, a language and a width, and takes its picture.
 */
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, inject } from 'vitest';
import { listen, type Mount } from '../mocks/http.ts';
import { BROWSER_FLAGS } from '../run/browser.ts';
import { gallerySite } from './site.ts';
import './page/gallery.ts';

export type Look = { readonly theme: 'light' | 'dark'; readonly language: string; readonly width: number };

export type GalleryPage = {
  readonly page: () => Page;
  readonly draw: (state: string) => Promise<void>;
  readonly show: (look: Look) => Promise<void>;
  /** WebP. A dialog is cut to the window, any other view has its full height. */
  readonly picture: (view: string) => Promise<Uint8Array>;
  readonly version: () => string;
};

const HEIGHT = 800;

/** Opens one page for all tests of a file. */
export function galleryPage(): GalleryPage {
  let mount: Mount;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    mount = await listen(gallerySite());
    browser = await chromium.launch({ executablePath: inject('browser'), args: [...BROWSER_FLAGS] });
    const context = await browser.newContext({ timezoneId: 'Europe/Moscow', locale: 'ru-RU' });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await mount.close();
  });
  return {
    page: () => page,
    version: () => browser.version(),
    async draw(state) {
      await page.setViewportSize({ width: 720, height: HEIGHT });
      await page.goto(`http://gallery.localhost:${mount.port}/gallery/state?state=${state}`);
      await page.evaluate(() => window.gallery.drawn);
    },
    async show({ theme, language, width }) {
      await page.setViewportSize({ width, height: HEIGHT });
      await page.evaluate(look => window.gallery.show(look), { theme, language });
    },
    async picture(view) {
      const height =
        view === 'dialog' ? HEIGHT : await page.evaluate(() => document.documentElement.offsetHeight);
      const { width = 720 } = page.viewportSize() ?? {};
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'webp',
        quality: 12,
        captureBeyondViewport: true,
        clip: { x: 0, y: 0, width, height: Math.max(height, 1), scale: 0.75 },
      });
      await session.detach();
      return Buffer.from(data, 'base64');
    },
  };
}
