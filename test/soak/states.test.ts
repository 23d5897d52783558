/** No state of any view breaks a rule of WCAG 2.2 AA that either of two programs checks, in both themes. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { galleryPage } from '../gallery/gallery-page.ts';
import { STATES } from '../gallery/page/catalogue.ts';
import { smallTargets } from '../gallery/small-targets.ts';
import { stickingOut } from '../gallery/sticking-out.ts';
import { brokenRules } from '../support/broken-rules.ts';
import { secondOpinion } from '../gallery/second-opinion.ts';

describe('in the gallery', () => {
  const gallery = galleryPage();

  it.each([...STATES.keys()])('%s breaks no rule in the light and the dark theme', async state => {
    await gallery.draw(state);
    await gallery.show({ theme: 'light', language: 'ru', width: 720 });
    expect(await brokenRules(gallery.page(), 'body')).toEqual([]);
    expect(await secondOpinion(gallery.page())).toEqual([]);
    expect(await smallTargets(gallery.page())).toEqual([]);
    // A theme changes only colours.
    await gallery.show({ theme: 'dark', language: 'ru', width: 720 });
    expect(await brokenRules(gallery.page(), 'body', ['color-contrast'])).toEqual([]);
  });

  it.each([
    ['a link without a name', '<a href="/deal"> </a>', /^a_text_purpose/],
    [
      'a label whose text is hidden',
      '<label><input aria-label="On" type="checkbox"><span aria-hidden="true">On</span></label>',
      /^label_content_exists/,
    ],
    [
      'two attributes that contradict each other',
      '<button disabled aria-disabled="false">Save</button>',
      /^aria_attribute_conflict/,
    ],
  ])('%s is found by the second program, also in a shadow root', async (_what, html, rule) => {
    expect(await secondOpinion(await withCorner(html))).toContainEqual(expect.stringMatching(rule));
  });

  it('a link of one letter is too small as a target, but not inside a sentence', async () => {
    const page = await withCorner('<p><a href="/a">A</a></p><p>See <a href="/b">B</a></p>');
    expect(await smallTargets(page)).toEqual([expect.stringMatching(/^\d+ × \d+: <a href="\/a">/)]);
  });

  async function withCorner(html: string): Promise<Page> {
    await gallery.page().goto('about:blank');
    await gallery.page().evaluate(inner => {
      document.documentElement.lang = 'en';
      document.title = 'A corner';
      const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      root.innerHTML = inner;
    }, html);
    return gallery.page();
  }

  /** The largest states of each view. */
  const FULL = ['panel-default-channel', 'panel-how-taken', 'roles-selected', 'roles-conflict', 'card-give'];

  it.each(FULL)('%s cuts nothing with letters twice as large', async state => {
    await gallery.draw(state);
    await gallery.page().addStyleTag({ content: 'body div { font-size: 26px }' });
    await gallery.page().evaluate(() => {
      for (const one of document.querySelectorAll('body *')) {
        const larger = new CSSStyleSheet();
        larger.replaceSync(':host { font-size: 26px !important }');
        one.shadowRoot?.adoptedStyleSheets.push(larger);
      }
    });
    await gallery.show({ theme: 'light', language: 'ru', width: 720 });
    expect(await stickingOut(gallery.page())).toEqual([]);
  });

  it.each(FULL)('%s breaks no rule in forced colours', async state => {
    await gallery.page().emulateMedia({ forcedColors: 'active' });
    await gallery.draw(state);
    expect(await brokenRules(gallery.page(), 'body')).toEqual([]);
    await gallery.page().emulateMedia({ forcedColors: null });
  });

  it.each([['panel-checking', 'a busy button']])(
    '%s does not move when less motion is preferred: %s',
    async state => {
      const page = gallery.page();
      await gallery.draw(state);
      expect(await moving(page)).not.toEqual([]);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await moving(page)).toEqual([]);
      await page.emulateMedia({ reducedMotion: null });
    },
  );
});

/** The elements with an endless animation or a transition in our own style sheets. */
const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].flatMap(({ shadowRoot }) =>
      Array.from(shadowRoot?.querySelectorAll('*') ?? []),
    );
    return all.flatMap(element =>
      ['', '::before', '::after'].flatMap(part => {
        const { animationIterationCount, transitionDuration } = getComputedStyle(element, part);
        const isMoving = animationIterationCount.includes('infinite') || transitionDuration !== '0s';
        return isMoving ? [element.className + part] : [];
      }),
    );
  });
