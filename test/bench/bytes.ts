/** What travels on each path, what the package carries, and whether anything travels twice. */
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { packWidget } from '../../widget/package/package.ts';
import type { Line } from './line.ts';
import { inOffice, type Bench, type Office } from './office.ts';
import { OURS, PLAIN, type Ways } from './ways.ts';
import { libraryFloor, weightOf } from './weight.ts';

const part = 'bytes';
const PATHS = ['card', 'claim', 'panel', 'dialog'] as const;
type Loaded = Record<(typeof PATHS)[number] | 'second card' | 'second opening', readonly string[]>;

const CARD_BUDGET = 1.4;
/** Our own code is not minified, because the marketplaces ask for that. */
const WHOLE_BUDGET = 3.35;

/** The traces by which a library is known wherever it ended up. */
const TRACES = [/__H\b/, /transformRequest/, /languageChanged/, /safeParse|~standard/];

export async function measureBytes(bench: Bench): Promise<readonly Line[]> {
  const files = unzipSync(bench.ours);
  const plainFiles = unzipSync(bench.plain);
  const floor = await libraryFloor();
  const ours = await loadedOn(bench, bench.ours, OURS);
  const plain = await loadedOn(bench, bench.plain, PLAIN);
  const weight = (from: typeof files, names: readonly string[]) =>
    weightOf(names.map(name => from[name] ?? ''));
  const lineOf = (path: (typeof PATHS)[number], kind: 'files' | 'raw' | 'gzip' | 'brotli'): Line => {
    const what = `${path}: ${kind}`;
    if (kind === 'files') return { part, what, unit: '', ours: ours[path].length, plain: plain[path].length };
    const least = path === 'card' ? floor.card : floor.everything;
    return {
      part,
      what,
      unit: 'B',
      ours: weight(files, ours[path])[kind],
      floor: least[kind],
      plain: weight(plainFiles, plain[path])[kind],
      budget: path === 'card' && kind === 'gzip' ? { of: 'floor', most: CARD_BUDGET } : undefined,
    };
  };
  const lines = PATHS.flatMap(path =>
    (['files', 'raw', 'gzip', 'brotli'] as const).map(kind => lineOf(path, kind)),
  );
  const scripts = scriptsOf(files);
  const everything = weight(files, scripts).gzip;
  const shares = scripts
    .map((name): Line => ({ part, what: `  carries ${name}`, unit: 'B', ours: weight(files, [name]).gzip }))
    .sort((one, other) => other.ours - one.ours);
  return [
    ...lines,
    {
      part,
      what: 'everything but words: gzip',
      unit: 'B',
      ours: everything,
      floor: floor.everything.gzip,
      budget: { of: 'floor', most: WHOLE_BUDGET },
    },
    ...shares,
    none(
      'files of axios or the dialog on a card',
      ours.card.filter(name => /vendor-(http|valibot)|dialog-/.test(name)).length,
    ),
    none('libraries in more than one file', TRACES.filter(trace => carriers(files, trace) !== 1).length),
    none('files that a second card asks for', ours['second card'].length),
    none('files that a second opening of the dialog asks for', ours['second opening'].length),
    ...(await newVersion(bench, files)),
  ];
}

const none = (what: string, ours: number): Line => ({
  part,
  what,
  unit: '',
  ours,
  budget: { of: 'ours', most: 0 },
});

/** Without the words of the languages, of which a person loads one. */
const scriptsOf = (files: Record<string, Uint8Array>): readonly string[] =>
  Object.keys(files).filter(name => name.endsWith('.js') && !(`i18n/${name.split('-')[0]}.json` in files));

const carriers = (files: Record<string, Uint8Array>, trace: RegExp): number =>
  Object.entries(files).filter(([name, code]) => name.startsWith('vendor-') && trace.test(strFromU8(code)))
    .length;

/** A version with another address in it: what keeps its name, the browser does not fetch again. */
async function newVersion({ root }: Bench, before: Record<string, Uint8Array>): Promise<readonly Line[]> {
  const after = unzipSync((await packWidget({ root, chatUrl: 'https://chats.example.com' })).amocrm.zip);
  const anew = scriptsOf(after).filter(name => name === 'script.js' || !(name in before));
  const weigh = (names: readonly string[]): number => weightOf(names.map(name => after[name] ?? '')).gzip;
  return [
    {
      part,
      what: 'a new version: fetched anew, gzip',
      unit: 'B',
      ours: weigh(anew),
      plain: weigh(scriptsOf(after)),
    },
    none('libraries that a new version renames', anew.filter(name => name.startsWith('vendor-')).length),
  ];
}

function loadedOn(bench: Bench, zip: Uint8Array, ways: Ways): Promise<Loaded> {
  return inOffice(bench.browser, { zip }, async office => {
    const ids = [office.world.clientWrites().id, office.world.clientWrites().id];
    return { ...(await card(office, ways, ids)), ...(await settings(office, ways)) };
  });
}

async function card(office: Office, ways: Ways, [first]: readonly number[]) {
  const { page } = await office.open('seller-a', '');
  await ways.step(page, `/contacts/detail/${first}`);
  await ways.cardButton(page).waitFor();
  const shown = await filesOf(page);
  await ways.nextCard(page);
  const second = (await filesOf(page)).slice(shown.length);
  await ways.cardButton(page).click();
  await page.getByText(ways.told).first().waitFor();
  return { card: shown, 'second card': second, claim: await filesOf(page) };
}

async function settings(office: Office, ways: Ways) {
  const { page } = await office.open('office', '');
  await ways.openPanel(page);
  const panel = await filesOf(page);
  await ways.openDialog(page);
  const dialog = await filesOf(page);
  await ways.closeDialog(page);
  await ways.openDialog(page);
  return { panel, dialog, 'second opening': (await filesOf(page)).slice(dialog.length) };
}

/** Scripts and words of the widget since the page was loaded; its logos are the CRM's to load. */
const filesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/upl\/[^/]+\/widget\/([^?]+)/.exec(name)?.[1] ?? [])
      .filter(path => /\.js$|^i18n\//.test(path)),
  );
