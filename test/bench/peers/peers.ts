/**
 * `npm run bench -- --peers`: the roles dialog next to the grids that a good engineer would buy, with ten thousand people, in
 * one run. Each does the same job, and is checked afterwards for having done it.
 */
import type { Browser, Page } from 'playwright';
import { matcherOf } from '../../../domain/directory.ts';
import { NAMES } from '../../support/crm-steps.ts';
import { employees, GROUPS } from '../../world/people.ts';
import { measuredDialog, type Costs, type Deed } from '../dialog-costs.ts';
import { OUR_DIALOG, type DialogWays } from '../dialog-ways.ts';
import { inOffice, type Bench } from '../office.ts';
import { probeOf } from '../probe.ts';
import { giveRoles } from '../roles.ts';
import { OURS } from '../ways.ts';
import { buildPeers, PEER_NAMES, peerPeople, type PeerName, type PeerPerson } from './build.ts';

const SIZE = 10_000;
const LETTERS = 'ал';
const SHOWN: readonly (readonly [what: string, deed: Deed])[] = [
  ['open, data in memory', 'open'],
  ['first letter of a search', 'key stroke'],
  ['later letters', 'later key stroke'],
  ['set one role', 'set one'],
  ['tick all and set a role', 'set all found'],
  ['a frame of scrolling', 'scroll, a frame'],
  ['heap over the bare page, MB', 'heap'],
];

/** The result of giving everybody one role: how many were found before, and how many have the role now. */
type Done = { readonly found: number; readonly withRole: number };

export async function comparedWithPeers({ root, browser, ours }: Bench): Promise<string> {
  const people = peerPeople(employees(SIZE, 'ru'), ({ groupId }) => GROUPS.ru.get(groupId) ?? '');
  const matches = matcherOf(LETTERS);
  const found = people.filter(({ text }) => matches(text)).length;
  const scripts = await buildPeers(root, people);
  const columns = [
    ['ours', await measuredOurs(browser, ours, found)],
    [PEER_NAMES['ag-grid'], await measuredPeer(browser, scripts, 'ag-grid', people, found)],
    [PEER_NAMES.tanstack, await measuredPeer(browser, scripts, 'tanstack', people, found)],
  ] as const;
  const rows = [
    ['', ...columns.map(([name]) => name)],
    ...SHOWN.map(([what, deed]) =>
      [what].concat(columns.map(([, costs]) => (costs[deed] ?? Number.NaN).toFixed(1))),
    ),
  ];
  return rows
    .map(cells => cells.map((cell, at) => (at === 0 ? cell.padEnd(30) : cell.padStart(18))).join(''))
    .join('\n');
}

/** A figure means nothing if the work was not done. */
function check(who: string, is: Done, wanted: Done): void {
  if (is.found !== wanted.found || is.withRole !== wanted.withRole)
    throw new Error(`${who}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
}

async function measuredOurs(browser: Browser, zip: Uint8Array, found: number): Promise<Costs> {
  const names = NAMES.ru;
  return inOffice(browser, { zip }, async office => {
    // One channel, because the other grids have none.
    office.world.chat.channels.length = 1;
    const { page, probe } = await office.open('office', '');
    const bare = (await probe.counts()).heap;
    office.hire(SIZE);
    giveRoles(office);
    await OURS.openPanel(page);
    await OURS.openDialog(page);
    await OURS.everybody(page);
    const dialog = page.getByRole('dialog', { name: names.dialog });
    const heap = ((await probe.counts()).heap - bare) / 2 ** 20;
    // The other grids have no review and no conflicts.
    const { review: _review, contested: _contested, ...ways } = OUR_DIALOG;
    const costs = await (await measuredDialog(page, probe, ways)).all();
    await dialog.getByRole('searchbox').fill(LETTERS);
    const status = await dialog.getByText(new RegExp(`^\\d+ из ${SIZE}$`)).textContent();
    await dialog.getByRole('searchbox').fill('');
    for (const step of OUR_DIALOG.setAll(page)) await step.click();
    const head = await dialog.getByText(/^С ролью: /).textContent();
    check(
      'ours',
      {
        found: Number(status?.split(' ')[0]),
        withRole: Number(head?.replaceAll(/\s/gu, '').match(/(?<count>\d+)из/)?.groups?.['count']),
      },
      { found, withRole: SIZE },
    );
    return { ...costs, heap };
  });
}

const PEER_DIALOG: Readonly<Record<PeerName, DialogWays>> = {
  'ag-grid': {
    ...peerWays('.ag-row', '.ag-grid-viewport'),
    roles: page => {
      const radios = page.locator('.ag-row[row-index="1"] .roles input');
      return [radios.nth(2), radios.nth(1)];
    },
    setAll: page => [page.locator('.ag-header-select-all input'), page.locator('#set-all')],
  },
  tanstack: {
    ...peerWays('dialog .row', '.scroller'),
    roles: page => {
      const radios = page.locator('dialog .row').nth(1).locator('.roles input');
      return [radios.nth(2), radios.nth(1)];
    },
    setAll: page => [page.locator('#tick-all'), page.locator('#set-all')],
  },
};

function peerWays(rows: string, scroller: string): Omit<DialogWays, 'roles' | 'setAll'> {
  return {
    select: page => page.locator('#open'),
    close: page => page.locator('#close'),
    rows,
    scroller,
    search: page => page.locator('#search'),
    order: async () => null,
    orders: [],
    undoAll: page => page.locator('#undo-all'),
  };
}

const STYLE = `
  dialog { width: 1000px; height: 700px; font: 13px Arial, sans-serif; }
  #box, .scroller { height: 600px; overflow: auto; }
  .row { position: absolute; left: 0; right: 0; height: 44px; display: grid; align-items: center;
    grid-template-columns: 24px 1fr 160px 260px 120px; border-bottom: 1px solid #ddd; }
  .roles { display: flex; justify-content: space-around; }
`;

async function measuredPeer(
  browser: Browser,
  scripts: Record<PeerName, string>,
  name: PeerName,
  people: readonly PeerPerson[],
  found: number,
): Promise<Costs> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    page.on('pageerror', ({ stack }) => process.stderr.write(`${name}: ${stack}\n`));
    await page.setContent(`<!doctype html><style>${STYLE}</style>`);
    const probe = await probeOf(page);
    const bare = (await probe.counts()).heap;
    await page.addScriptTag({ content: scripts[name] });
    await page.locator('#open').click();
    const ways = PEER_DIALOG[name];
    await page.locator(ways.rows).first().waitFor();
    const heap = ((await probe.counts()).heap - bare) / 2 ** 20;
    const costs = await (await measuredDialog(page, probe, ways)).all();
    check(name, await doneBy(page, ways), { found, withRole: people.length });
    return { ...costs, heap };
  } finally {
    await context.close();
  }
}

async function doneBy(page: Page, ways: DialogWays): Promise<Done> {
  const ask = (what: 'found' | 'withRole', role: string): Promise<number> =>
    page.evaluate(([asked, about]) => Reflect.get(Reflect.get(window, 'job'), asked)(about), [
      what,
      role,
    ] as const);
  await ways.search(page).fill(LETTERS);
  await page.waitForTimeout(300);
  const found = await ask('found', '');
  await ways.search(page).fill('');
  await page.waitForTimeout(300);
  const all = ways.setAll(page)[0];
  if (all && !(await all.isChecked())) await all.check();
  await page.locator('#set-all').click();
  await page.waitForTimeout(300);
  return { found, withRole: await ask('withRole', 'supervisor') };
}
