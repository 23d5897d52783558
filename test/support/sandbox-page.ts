/** A sandbox with a probe in it, and a browser that opens it. */
import type { Browser, Page } from 'playwright';
import { inject } from 'vitest';
import { launch } from '../run/launch.ts';
import { startSandbox, type Person, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { stageDatabase } from './stage-database.ts';
import { probe, type Behaviour } from './page-probe.ts';

export const openBrowser = (): Promise<Browser> => launch(inject('engine'), inject('browser'));

export type CrmPage = {
  readonly sandbox: Sandbox;
  /** In a separate browser profile. */
  readonly open: (person: Person, path?: string) => Promise<Page>;
  /** The calls that the probe has received on this page. */
  readonly calls: (page: Page) => Promise<string[]>;
};

/** Runs a test on a new sandbox and closes it. Unanswered requests fail the test. */
export async function onStage(
  browser: Browser,
  { behaviour = {}, installed = true, ...options }: Partial<SandboxOptions> & Setting,
  act: (stage: CrmPage) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({
    zip: probe(behaviour),
    database: await stageDatabase(),
    language: 'en',
    ...options,
  });
  if (installed) Object.assign(sandbox.world.crm.integration, { status: 'installed', active: true });
  const pages: Page[] = [];
  const open: CrmPage['open'] = async (person, path = '') => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    pages.push(page);
    await page.goto(sandbox.addressOf(person) + path);
    return page;
  };
  const calls: CrmPage['calls'] = page => page.evaluate(() => Reflect.get(window, 'calls'));
  try {
    await act({ sandbox, open, calls });
    if (sandbox.world.unhandledRequests.length > 0)
      throw new Error(`Nobody answered ${sandbox.world.unhandledRequests.join(', ')}`);
  } finally {
    await Promise.all(pages.map(page => page.close()));
    await sandbox.close();
  }
}

type Setting = { readonly behaviour?: Behaviour; readonly installed?: boolean };
