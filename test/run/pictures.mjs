/**
 * `node test/run/pictures.mjs`: draws the logos and the tour of every language from the sources in
 * widget/package/pictures/ and the texts in locales/. The results are committed, so that a build needs no browser.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';
import { typefaceSheet } from './typeface.mjs';

const { LOGOS } = await load('widget/package/marketplace.ts');
const { tourSlides } = await load('widget/package/pictures/tour.ts');
const { BROWSER_FLAGS, findBrowser } = await load('test/run/browser.ts');

const sources = `${root}/widget/package/pictures`;
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...BROWSER_FLAGS] });
const page = await browser.newPage({ viewport: { width: 1188, height: 616 } });

/** Wide logos have ten pixels of margin on all sides, as the marketplace requires; square ones are filled. */
async function drawLogo(path, [width, height]) {
  const margin = width === height ? 0 : 10;
  await page.setViewportSize({ width, height });
  await page.setContent(
    `<body style="margin:${margin}px">${await readFile(`${sources}/logo.svg`, 'utf8')}
    <style>svg{display:block;margin:auto;height:${height - 2 * margin}px}</style>`,
  );
  await page.screenshot({ path: `${root}/widget/package/${path}`, omitBackground: true });
}

async function drawTour(locale, paths) {
  const words = JSON.parse(await readFile(`${root}/locales/${locale}.json`, 'utf8'));
  const word = key => key.split('.').reduce((section, name) => section[name], words);
  const slides = tourSlides(word, `${fonts}${await readFile(`${sources}/tour.css`, 'utf8')}`);
  await page.setViewportSize({ width: 1188, height: 616 });
  for (const [at, { html }] of slides.entries()) {
    await page.setContent(html);
    await page.evaluate(() => Promise.all(Array.from(document.fonts, font => font.load())));
    await writeFile(`${root}/widget/package/${paths[at]}`, await page.screenshot());
  }
}

const fonts = await typefaceSheet();
await mkdir(`${root}/widget/package/images`, { recursive: true });
for (const [path, size] of Object.entries(LOGOS)) await drawLogo(path, size);
const { tour } = JSON.parse(await readFile(`${root}/manifest.json`, 'utf8'));
for (const [locale, paths] of Object.entries(tour.tour_images)) await drawTour(locale, paths);
await browser.close();
