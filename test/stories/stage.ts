/**
 * One story's stage: the sandbox with the zip that a marketplace would get, a browser, and a window of
 * their own for each person. What a story must not leave behind is checked when it closes.
 */
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { BROWSER_FLAGS } from '../run/browser.ts';
import { startSandbox, type Person, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';

export type Stage = Sandbox & {
  /** Opens the CRM as that person in a browser profile of his own. */
  readonly open: (person: Person, options?: BrowserContextOptions) => Promise<Page>;
  /** Errors of scripts and of the console, in all windows. */
  readonly complaints: readonly string[];
  /** The story has caused all complaints so far on purpose. */
  readonly forgive: () => void;
};

export type Stages = {
  /** A world of its own. Whoever opens it closes it. */
  readonly stage: (options?: Partial<SandboxOptions>) => Promise<Stage>;
};

/** One browser for a file of stories, from its first story to its last; each story has a world of its own. */
export function stages(): Stages {
  let browser: Browser;
  let zip: Uint8Array;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('browser'), args: [...BROWSER_FLAGS] });
    zip = await readFile(`${inject('packageFolder')}/widget.zip`);
  });
  afterAll(() => browser.close());
  return { stage: async options => stageIn(browser, await startSandbox({ zip, ...options })) };
}

function stageIn(browser: Browser, sandbox: Sandbox): Stage {
  const complaints: string[] = [];
  const closings: (() => Promise<void>)[] = [];
  return Object.assign(Object.create(sandbox) as Sandbox, {
    complaints,
    forgive() {
      complaints.length = 0;
    },
    async open(person: Person, options: BrowserContextOptions = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      closings.push(() => context.close());
      const page = await context.newPage();
      page.on('pageerror', error => complaints.push(`${person}: ${error.message}`));
      page.on('console', message => {
        // The browser itself reports requests that were refused or not let through; stories cause those on purpose.
        if (
          message.type() === 'error' &&
          !/^Failed to load resource|blocked by CORS policy/.test(message.text())
        ) {
          complaints.push(`${person}: ${message.text()}`);
        }
      });
      await page.goto(sandbox.addressOf(person));
      return page;
    },
    async close() {
      await Promise.all(closings.map(close => close()));
      await sandbox.close();
      expect(sandbox.world.strays).toEqual([]);
      expect(complaints).toEqual([]);
    },
  });
}
