/** An office to measure in: the sandbox with one widget in it, connected, and a window for each person. */
import type { Browser, Page } from 'playwright';
import { withSetting } from '../../domain/own-settings-change.ts';
import { startSandbox, type Person, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { connected } from '../support/setting-up.ts';
import { employees } from '../world/people.ts';
import { probeOf, type Probe } from './probe.ts';

/** What every part of the bench gets. */
export type Bench = {
  readonly root: string;
  readonly browser: Browser;
  /** Archives as they would be uploaded. */
  readonly ours: Uint8Array;
  readonly plain: Uint8Array;
};

export type Window = { readonly page: Page; readonly probe: Probe };

export type Office = Sandbox & {
  /** Opens a page of the CRM as this person in their own browser profile. */
  readonly open: (person: Person, path: string, init?: () => void) => Promise<Window>;
  /**
   * Makes the account this large. The CRM's API has all people at once; open pages keep the few people that they were
   * created with, so that the emulated page's own work with thousands is not measured.
   */
  readonly hire: (size: number) => void;
};

/** Closes the office when the work in it ends, also after an error. */
export async function inOffice<T>(
  browser: Browser,
  options: SandboxOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox(options);
  connected(sandbox);
  // The plain widget reads the server's address from its settings.
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
      // The chat service's window stays closed: its list grows with each client, and it is not ours.
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
