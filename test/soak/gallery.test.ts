/**
 * How every state of every view looks. Pictures are compared with baselines that a developer has reviewed: in Russian
 * and in the pseudo-language, light and dark, narrow and wide. In every other language no text may be cut or stick out.
 * After an intended change, run `npm run gallery` and review the changed pictures.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  baselineEnvironment,
  baselineNames,
  differenceFrom,
  environmentOf,
  isUpdate,
  keepBaseline,
  keepEnvironment,
  MOST_DIFFERENT,
} from '../gallery/baselines.ts';
import { COVERAGE } from '../gallery/coverage.ts';
import { galleryPage, type Look } from '../gallery/gallery-page.ts';
import { stickingOut } from '../gallery/sticking-out.ts';
import { STATES } from '../gallery/page/catalogue.ts';

/**
 * The two sets of looks alternate between states, so that together the states cover each language in each theme and
 * width.
 */
const LOOKS: readonly (readonly Look[])[] = [
  [
    { language: 'ru', theme: 'light', width: 720 },
    { language: 'pseudo', theme: 'dark', width: 260 },
  ],
  [
    { language: 'ru', theme: 'dark', width: 260 },
    { language: 'pseudo', theme: 'light', width: 720 },
  ],
];
const ORDER = [...STATES.keys()];
const looksOf = (state: string): readonly Look[] => LOOKS[ORDER.indexOf(state) % 2] ?? [];
const nameOf = (state: string, { language, theme, width }: Look): string =>
  `${state}.${language}-${theme}-${width}.webp`;

const gallery = galleryPage();
let isComparable = true;
beforeAll(async () => {
  // The typeface loads with the first state.
  await gallery.draw('card-free');
  const environment = await environmentOf(gallery.page(), gallery.version());
  if (isUpdate()) keepEnvironment(environment);
  isComparable = environment === baselineEnvironment();
  if (!isComparable)
    process.stdout.write(
      `gallery: pictures were not compared. They were drawn with ${baselineEnvironment()}, this is ${environment}.\n`,
    );
});

describe('the gallery', () => {
  it.each([...STATES])('shows %s as it was last reviewed, and cuts nothing', async (state, { view }) => {
    await gallery.draw(state);
    const different: string[] = [];
    for (const look of looksOf(state)) {
      await gallery.show(look);
      if (!isComparable) continue;
      const picture = await gallery.picture(view);
      const name = nameOf(state, look);
      if (isUpdate()) keepBaseline(name, picture);
      else if ((await differenceFrom(name, picture, gallery.page())) > MOST_DIFFERENT) different.push(name);
    }
    expect(different).toEqual([]);
    if (isUpdate()) return;
    const cut: string[] = [];
    for (const width of [260, 720]) {
      for (const language of await gallery.page().evaluate(() => window.gallery.languages)) {
        await gallery.show({ language, theme: 'light', width });
        cut.push(...(await stickingOut(gallery.page())).map(what => `${language} ${width}: ${what}`));
      }
    }
    expect(cut).toEqual([]);
  });

  it.each(Object.entries(COVERAGE))('has a picture for every kind of %s', (_, pictures) => {
    expect(pictures.filter(([, picture]) => !STATES.has(picture))).toEqual([]);
  });

  it('has no picture of a state that no longer exists', () => {
    const known = new Set(ORDER.flatMap(state => looksOf(state).map(look => nameOf(state, look))));
    expect(baselineNames().filter(name => !known.has(name))).toEqual([]);
  });
});
