/** The bytes that are loaded on each path, the size of the package, and whether anything is loaded twice. */
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

/** The number of files on this path, with those of words, and the gzip size as a multiple of the libraries alone. */
const MOST: Readonly<Record<(typeof PATHS)[number], { readonly files: number; readonly gzip: number }>> = {
  card: { files: 5, gzip: 1.4 },
  claim: { files: 10, gzip: 2.6 },
  panel: { files: 10, gzip: 2.5 },
  dialog: { files: 11, gzip: 3 },
};
/** Our own code keeps its names and lines, because the marketplaces require that. The goal is 2.5. */
const WHOLE_BUDGET = 3.17;
/** A part of the whole: a new address changes only the first face and the files that import it. */
const VERSION_BUDGET = 0.75;

/** Strings by which a library, and our dialog, are found in any file. */
const TRACES = {
  preact: /__H\b/,
  signals: /Cycle detected/,
  i18next: /languageChanged/,
  axios: /transformRequest/,
  valibot: /~standard/,
  dialog: /RolesDialog/,
};

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
    const most = MOST[path];
    if (kind === 'files')
      return {
        part,
        what,
        unit: '',
        ours: ours[path].length,
        plain: plain[path].length,
        budget: { of: 'ours', most: most.files },
      };
    const least = path === 'card' ? floor.card : floor.everything;
    return {
      part,
      what,
      unit: 'B',
      ours: weight(files, ours[path])[kind],
      floor: least[kind],
      plain: weight(plainFiles, plain[path])[kind],
      budget: kind === 'gzip' ? { of: 'floor', most: most.gzip } : undefined,
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
      [TRACES.axios, TRACES.valibot, TRACES.dialog].flatMap(trace => carriers(files, ours.card, trace))
        .length,
    ),
    none(
      'libraries in more than one file',
      Object.values(TRACES).filter(trace => carriers(files, Object.keys(files), trace).length !== 1).length,
    ),
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

/** Without the words of languages, of which a person loads one, and without the file that only outdated browsers load. */
const scriptsOf = (files: Record<string, Uint8Array>): readonly string[] =>
  Object.keys(files).filter(
    name => /^(?!old-browser).*\.js$/.test(name) && !(`i18n/${name.split('-')[0]}.json` in files),
  );

/** The files that contain it. */
const carriers = (
  files: Record<string, Uint8Array>,
  among: readonly string[],
  trace: RegExp,
): readonly string[] =>
  among.filter(name => name.endsWith('.js') && trace.test(strFromU8(files[name] ?? new Uint8Array())));

/** A version with another address in it: the browser does not load files again that keep their names. */
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
      budget: { of: 'plain', most: VERSION_BUDGET },
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

/** Scripts and words of the widget since the page was loaded. The CRM loads its logos. */
const filesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/upl\/[^/]+\/widget\/([^?]+)/.exec(name)?.[1] ?? [])
      .filter(path => /\.js$|^i18n\//.test(path)),
  );
