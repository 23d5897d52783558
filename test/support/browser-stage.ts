/**
 * The stage of one story: the sandbox with the zip for a marketplace, a browser, and a separate window for each person.
 * On closing it checks what a story must not leave behind.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { goesByItself, launch, type Engine } from '../run/launch.ts';
import { stageDatabase } from './stage-database.ts';
import { startSandbox, type Person, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';

export type Stage = Sandbox & {
  /** Opens the CRM as that person in their own browser profile. */
  readonly open: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
  /** Script errors and console errors in all windows. */
  readonly complaints: readonly string[];
  /** Accepts all complaints so far as caused on purpose. */
  readonly forgive: () => void;
};

export type Stages = {
  /** A separate world. The caller who opens it closes it. */
  readonly stage: (options?: Partial<SandboxOptions>) => Promise<Stage>;
};

/** One browser for a file of stories; each story has a separate world. */
export function stages(): Stages {
  let browser: Browser;
  let zip: Uint8Array;
  beforeAll(async () => {
    [browser] = await Promise.all([launch(inject('engine'), inject('browser')), stageDatabase()]);
    zip = await readFile(`${inject('packageFolder')}/widget.zip`);
  });
  afterAll(() => browser.close());
  return {
    stage: async options =>
      stageIn(browser, await startSandbox({ zip, database: await stageDatabase(), ...options })),
  };
}

/** Requests that the browser itself reports as refused or blocked; stories cause those on purpose. */
const REPORTED: Readonly<Record<Engine, RegExp>> = {
  chromium: /^Failed to load resource|blocked by CORS policy/,
  // Also the requests that it cancels when the page is left.
  firefox:
    /^The Same Origin Policy disallows|^NetworkError when attempting|^The operation was aborted|^Script error for/,
};

function stageIn(browser: Browser, sandbox: Sandbox): Stage {
  const complaints: string[] = [];
  const closings: (() => Promise<void>)[] = [];
  const own: Sandbox = Object.create(sandbox);
  return Object.assign(own, {
    complaints,
    forgive() {
      complaints.length = 0;
    },
    async open(person: Person, options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      closings.push(() => context.close());
      const page = await context.newPage();
      if (inject('engine') === 'firefox') goesByItself(page);
      const complain = (text: string): void => {
        if (!REPORTED[inject('engine')].test(text)) complaints.push(`${person}: ${text}`);
      };
      page.on('pageerror', error => complain(error.message));
      page.on('console', message => {
        if (message.type() === 'error') complain(message.text());
      });
      await page.goto(sandbox.addressOf(person));
      return page;
    },
    async close() {
      await Promise.all(closings.map(close => close()));
      await sandbox.close();
      expect(sandbox.world.unhandledRequests).toEqual([]);
      expect(complaints).toEqual([]);
    },
  });
}
