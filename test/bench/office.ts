/** An office to measure in: the sandbox with one widget in it, connected, and a window for each person. */
import type { Browser, Page } from 'playwright';
import { withSetting } from '../../domain/own-settings-change.ts';
import { startSandbox, type Person, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { connected } from '../support/setting-up.ts';
import { employees } from '../world/people.ts';
import { probeOf, type Probe } from './probe.ts';

/** What every part of the bench is handed. */
export type Bench = {
  readonly root: string;
  readonly browser: Browser;
  /** Archives as they would be uploaded. */
  readonly ours: Uint8Array;
  readonly plain: Uint8Array;
};

export type Window = { readonly page: Page; readonly probe: Probe };

export type Office = Sandbox & {
  /** Opens a page of the CRM as that person in their own browser profile. */
  readonly open: (person: Person, path: string, init?: () => void) => Promise<Window>;
  /**
   * Makes the account as large as that. The CRM's API shows it at once; pages that are open keep the few people that they
   * were made with, so that what the emulated page does with thousands is not measured.
   */
  readonly hire: (size: number) => void;
};

/** Closes the office when the work in it is done, however it ends. */
export async function inOffice<T>(
  browser: Browser,
  options: SandboxOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox(options);
  connected(sandbox);
  // The plain widget learns from its settings where the server is.
  const { fields } = sandbox.world.crm.integration;
  fields['custom'] = withSetting(fields['custom'] ?? '', ['chatUrl'], sandbox.gatewayAddress);
  const windows: Page[] = [];
  const own: Sandbox = Object.create(sandbox);
  const office: Office = Object.assign(own, {
    hire(size: number) {
      const { crm, options } = sandbox.world;
      for (const user of employees(size, options.language)) crm.users.set(user.id, user);
    },
    async open(person: Person, path: string, init?: () => void) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      windows.push(page);
      page.on('pageerror', ({ stack }) => process.stderr.write(`${stack}\n`));
      // The chat service's window stays shut: its list grows with each client, and is not ours.
      await page.addInitScript(() => localStorage.setItem('chat-pane', 'closed'));
      if (init) await page.addInitScript(init);
      await page.goto(new URL(path, sandbox.addressOf(person)).href);
      return { page, probe: await probeOf(page) };
    },
  });
  try {
    return await work(office);
  } finally {
    await Promise.all(windows.map(page => page.context().close()));
    await sandbox.close();
  }
}
