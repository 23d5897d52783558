/** How many people an admin of forty sees at once, without scrolling, in the windows that people work in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../world/people.ts';
import { NAMES, openSettings } from '../support/crm-steps.ts';
import { seenWhole } from '../support/seen-whole.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

/** Two laptops and a phone: width, height, and how many people have to be seen. */
const WINDOWS = [
  [1366, 768, 10],
  [1280, 720, 10],
  [390, 844, 8],
] as const;

const browser = stages();

/** Forty people, a dozen of them with roles, on so many channels. One of them is warned about. */
async function office(language: Language, channels: number): Promise<Stage> {
  const stage = await browser.stage({ size: 40, language });
  connected(stage);
  const { chat, crm } = stage.world;
  const [first] = chat.channels;
  if (!first) throw new Error('The chat service has no channel');
  for (let more = chat.channels.length; more < channels; more += 1)
    chat.channels.push({
      ...first,
      channelId: `${first.channelId.slice(0, -2)}${10 + more}`,
      name: `${first.name} ${more + 1}`,
    });
  const people = [...crm.users.keys()].slice(0, 12);
  for (const id of people) Object.assign(crm.users.get(id) ?? {}, { contacts: { view: 'A', edit: 'M' } });
  chat.settings = {
    ...chat.settings,
    userRoles: chat.channels.flatMap(({ channelId }, at) =>
      people.map((id, place) => ({
        channelId,
        userId: String(id),
        role: (['seller', 'manager', 'auditor'] as const)[(at + place) % 3] ?? 'seller',
        allowGetNewClients: (at + place) % 3 === 0,
      })),
    ),
  };
  return stage;
}

/** The fewest channels that have tabs, and more than have room for any. `npm run soak` looks at each in both languages. */
const OFFICES =
  process.env['SOAK'] === 'long'
    ? (['ru', 'en'] as const).flatMap(language => [2, 9, 40].map(channels => [language, channels] as const))
    : ([
        ['ru', 2],
        ['en', 40],
      ] as const);

describe.each(OFFICES)('in a %s account with %i channels', (language, channels) => {
  const names = NAMES[language];
  let stage: Stage;
  beforeAll(async () => {
    stage = await office(language, channels);
  });
  afterAll(() => stage.close());

  /** The dialog is opened anew in a window of each size. */
  async function inSight(theme: string): Promise<readonly number[]> {
    const page = await stage.open('office');
    await page.context().addCookies([{ name: 'theme', value: theme, url: page.url() }]);
    await openSettings(page, names);
    const rows: number[] = [];
    for (const [width, height] of WINDOWS) {
      await page.setViewportSize({ width, height });
      await page.getByRole('button', { name: names.select }).click();
      const dialog = page.getByRole('dialog', { name: names.dialog });
      await dialog.getByRole('row').nth(1).waitFor();
      rows.push(await seenWhole(dialog));
      await dialog.getByRole('button', { name: names.cancel, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await page.context().close();
    return rows;
  }

  it.each([
    ['light', '1'],
    ['dark', '2'],
  ])('ten are seen on a laptop and eight on a phone, in the %s theme', async (_, theme) => {
    expect((await inSight(theme)).map(isEnough)).toEqual([true, true, true]);
  });

  it('as many are seen on the very first opening, when nobody has a role', async () => {
    const { chat } = stage.world;
    chat.settings = { ...chat.settings, userRoles: [] };
    expect((await inSight('1')).map(isEnough)).toEqual([true, true, true]);
  });
});

const isEnough = (rows: number, at: number): boolean => rows >= (WINDOWS[at]?.[2] ?? Infinity);
