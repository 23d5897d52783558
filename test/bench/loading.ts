/** A large account loaded within the CRM's limits, and roles of many people on many channels saved. */
import type { Page } from 'playwright';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { NAMES } from '../support/crm-steps.ts';
import { OUR_DIALOG, PLAIN_DIALOG, type DialogWays } from './dialog-ways.ts';
import type { Line } from './line.ts';
import { inOffice, type Bench, type Office } from './office.ts';
import { rested } from './rest.ts';
import { OURS, PLAIN, type Ways } from './ways.ts';

const part = 'loading';
const names = NAMES.ru;
const SIZE = 10_000;
/** The CRM's pages contain 250 people, and it answers seven requests a second. */
const PAGE = 250;
const A_SECOND = 7;
const PATIENCE = { timeout: 120_000 };

/** The limit itself: the first seven at once, and then seven each second. */
const limitFloorMs = (requests: number): number => (Math.ceil(requests / A_SECOND) - 1) * 1000;
/** The limit applies to the whole office, so the widget uses five of the seven; a slot is free a second after its answer. */
const MOST_OF_LIMIT = (A_SECOND / 5) * 1.25;
const FRAMES_BLOCKED = 3;
/** Everybody's name is sent too. */
const SENT = 1.1;
const ASKED = 1;

export async function measureLoading(bench: Bench): Promise<readonly Line[]> {
  const ours = await loaded(bench, bench.ours, OURS, OUR_DIALOG);
  const plain = await loaded(bench, bench.plain, PLAIN, PLAIN_DIALOG);
  const floor = limitFloorMs(SIZE / PAGE);
  return [
    {
      part,
      what: `${SIZE} people`,
      unit: 'ms',
      ours: ours.all,
      floor,
      plain: plain.all,
      budget: { of: 'floor', most: MOST_OF_LIMIT },
    },
    {
      part,
      what: 'first rows that can be used, of that time',
      unit: '×',
      ours: ours.first / ours.all,
      plain: plain.first / plain.all,
      budget: { of: 'ours', most: 0.2 },
    },
    {
      part,
      what: 'requests refused as too many',
      unit: '',
      ours: ours.refused,
      plain: plain.refused,
      budget: { of: 'ours', most: 0 },
    },
    {
      part,
      what: 'requests after the window was closed',
      unit: '',
      ours: await afterCancel(bench),
      budget: { of: 'ours', most: 1 },
    },
    ...(await saved(bench)),
  ];
}

type Loaded = { readonly first: number; readonly all: number; readonly refused: number };

/** The dialog is opened at once, and people appear in it while they load. */
function loaded(bench: Bench, zip: Uint8Array, ways: Ways, dialog: DialogWays): Promise<Loaded> {
  return inOffice(bench.browser, { zip, limiter: true }, async office => {
    const { page } = await office.open('office', '');
    office.hire(SIZE);
    let refused = 0;
    let [started, ended] = [0, 0];
    page.on('request', request => {
      if (started === 0 && isPeople(request.url())) started = performance.now();
    });
    page.on('response', async response => {
      if (!isPeople(response.url())) return;
      if (response.status() === 429) refused += 1;
      else ended = performance.now();
    });
    await ways.openPanel(page);
    await ways.openDialog(page);
    await used(page, dialog);
    const first = performance.now() - started;
    await people(office, page);
    return { first, all: ended - started, refused };
  });
}

/** Gives a row a role, and tries until it has it: a row that is visible but not ready does not count. */
async function used(page: Page, { roles }: DialogWays): Promise<void> {
  const [role] = roles(page);
  while (!(await role.locator('input').isChecked(PATIENCE))) await role.click(PATIENCE);
}

const isPeople = (url: string): boolean => url.includes('/api/v4/users');
const pagesAsked = ({ requests }: Sandbox): number => requests.filter(({ url }) => isPeople(url)).length;

/** Waits until the last page has been requested and has arrived. */
async function people({ requests }: Office, page: Page): Promise<void> {
  const last = `page=${SIZE / PAGE}&`;
  while (!requests.some(({ url }) => isPeople(url) && `${url}&`.includes(last))) {
    await page.waitForResponse(response => isPeople(response.url()), PATIENCE);
  }
  await rested(page);
}

/** The admin closes the modal while people are still loading. */
function afterCancel(bench: Bench): Promise<number> {
  return inOffice(bench.browser, { zip: bench.ours, limiter: true }, async office => {
    const { page } = await office.open('office', '');
    office.hire(SIZE);
    await OURS.openPanel(page);
    await page.waitForResponse(response => isPeople(response.url()), PATIENCE);
    await OURS.step(page, '/contacts');
    const asked = pagesAsked(office);
    await rested(page);
    return pagesAsked(office) - asked;
  });
}

const PEOPLE = 1000;
const CHANNELS = 10;

/** A thousand people become supervisors on ten channels. */
function saved(bench: Bench): Promise<readonly Line[]> {
  return inOffice(bench.browser, { zip: bench.ours }, async office => {
    const { channels } = office.world.chat;
    const [first] = channels;
    if (!first) throw new Error('The account has no channel');
    for (let at = channels.length; at < CHANNELS; at += 1) {
      channels.push({ ...first, channelId: crypto.randomUUID(), name: `Channel ${at}` });
    }
    const { page, probe } = await office.open('office', '');
    office.hire(PEOPLE);
    await OURS.openPanel(page);
    await OURS.openDialog(page);
    await OURS.everybody(page);
    for (const step of OUR_DIALOG.setAll(page)) await step.click();
    await page.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
    const review = page.getByRole('dialog', { name: names.review });
    await review.waitFor();
    const before = office.requests.length;
    let bytes = 0;
    page.on('request', request => {
      bytes += request.postDataBuffer()?.length ?? 0;
    });
    const frame = await frameMs(page);
    // Found beforehand and pressed by the page itself: a search for names in a large page is a long task too.
    const rows = await page.getByRole('grid').elementHandle();
    const save = await review.getByRole('button', { name: /Сохранить/ }).elementHandle();
    let work = Number.NaN;
    const tasks = await probe.tasks(async () => {
      work = await probe.cost(async () => {
        await save?.evaluate(button => button instanceof HTMLElement && button.click());
        await rows?.waitForElementState('hidden', PATIENCE);
      });
    });
    await page.getByText(names.saved).waitFor();
    const asked = office.requests.slice(before).filter(({ to }) => to !== 'wazzup').length;
    const what = `saving ${PEOPLE} people on ${CHANNELS} channels`;
    return [
      {
        part,
        what: `${what}: bytes sent`,
        unit: 'B',
        ours: bytes,
        floor: JSON.stringify(office.world.chat.settings).length,
        budget: { of: 'floor', most: SENT },
      },
      // Read, write, and a request for each hundred people who are added there.
      {
        part,
        what: `${what}: requests`,
        unit: '',
        ours: asked,
        floor: 2 + Math.ceil(PEOPLE / 100),
        budget: { of: 'floor', most: ASKED },
      },
      { part, what: `${what}: main thread`, unit: 'ms', ours: work },
      {
        part,
        what: `${what}: longest task`,
        unit: 'ms',
        ours: Math.max(...tasks),
        floor: frame,
        budget: { of: 'floor', most: FRAMES_BLOCKED },
      },
    ];
  });
}

/** One frame of this machine while nothing happens. */
const frameMs = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        const times: number[] = [];
        const next = (now: number): void => {
          times.push(now);
          if (times.length <= 60) requestAnimationFrame(next);
          else resolve(((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60);
        };
        requestAnimationFrame(next);
      }),
  );
