/** An emulated company with the real server and our built pages, and a browser for each person. */
import type { Browser, FrameLocator, Page } from 'playwright';
import { expect, inject } from 'vitest';
import { createDictionary, type Words } from '../../widget/words/words.tsx';
import en from '../../locales/en.json' with { type: 'json' };
import es from '../../locales/es.json' with { type: 'json' };
import ru from '../../locales/ru.json' with { type: 'json' };
import { pageFilesIn } from '../../server/node/page-files.ts';
import {
  startPipedriveSandbox,
  type PipedriveSandbox,
  type PipedriveSandboxOptions,
} from '../sandbox/pipedrive/sandbox.ts';
import { SELLER_A, SELLER_B } from '../world/people.ts';
import { stageDatabase } from './stage-database.ts';

const LOCALES = { ru, en, es } as const;
export type PageLanguage = keyof typeof LOCALES;

export const wordsOf = (language: PageLanguage): Words => createDictionary(language, LOCALES[language]).words;

export type PipedriveOffice = PipedriveSandbox & {
  readonly open: (address: string, options?: Opening) => Promise<Page>;
  /** The owner of the person in the CRM. */
  readonly ownerOf: (personId: number) => number | undefined;
  /** How many chats each seller sees in the chat service's window. */
  readonly seen: () => readonly number[];
};
/** A story that waits longer has failed. */
const PATIENCE_MS = 15_000;
type Opening = { readonly height?: number; readonly width?: number };

export async function inPipedriveOffice(
  browser: Browser,
  {
    language = 'en',
    refused = [],
    ...options
  }: Partial<Omit<PipedriveSandboxOptions, 'language'>> & {
    readonly language?: PageLanguage;
    /** All that the CRM's page refuses our frames. */
    readonly refused?: readonly string[];
  },
  act: (office: PipedriveOffice) => Promise<void>,
): Promise<void> {
  const sandbox = await startPipedriveSandbox({
    files: pageFilesIn(inject('pagesFolder')),
    database: await stageDatabase(),
    language: language === 'ru' ? 'ru' : 'en',
    ...options,
  });
  const { world, company } = sandbox;
  for (const user of company.users.values()) user.language = language;
  const pages: Page[] = [];
  try {
    if (options.ready === true) await sandbox.follow();
    await act({
      ...sandbox,
      ownerOf: id => company.persons.get(id)?.ownerId,
      seen: () => [SELLER_A, SELLER_B].map(id => world.chat.threadsOf(String(id)).length),
      async open(address, { width = 1366, height = 768 } = {}) {
        const context = await browser.newContext({ viewport: { width, height }, locale: language });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        pages.push(page);
        await page.goto(address);
        return page;
      },
    });
    expect(world.unhandledRequests).toEqual([]);
    for (const page of pages.filter(one => !one.isClosed()))
      expect(
        await page.evaluate(() =>
          'uiHost' in window ? [...window.uiHost.complaints, ...window.uiHost.lacking] : [],
        ),
      ).toEqual(refused);
  } finally {
    await Promise.all(pages.map(page => page.context().close()));
    await sandbox.close();
  }
}

/** Our page inside the CRM's page. */
export const framedIn = (page: Page): FrameLocator => page.frameLocator('iframe:not(.app-modal *)');
/** Our page in a window above the CRM's. */
export const modalIn = (page: Page): FrameLocator => page.frameLocator('.app-modal iframe');

/** A folder for a picture of each step, for a developer to look at. */
const PICTURES = process.env['PICTURES'];
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}
