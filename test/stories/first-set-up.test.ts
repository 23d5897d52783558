/**
 * The first set-up of an account, as the README describes it to admins: from Install to a test message, with each of the three
 * kinds of connection. It needs no address, no native Save and no reload, and every press is counted.
 */
import type { BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { freshPostgres } from '../support/databases.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import type { SandboxOptions } from '../sandbox/sandbox.ts';
import { employees, HEAD_OF_SALES, SELLER_A, SELLER_B, type Language } from '../world/people.ts';
import {
  connectWithKey,
  giveRole,
  keyOf,
  NAMES,
  openSettings,
  roleRow,
  travel,
  type Names,
} from '../support/crm-steps.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const browser = stages();
let stage: Stage;
afterEach(() => stage.close());

type Office = {
  readonly admin: Page;
  readonly names: Names;
  readonly nameOf: (id: number) => string;
  /** Presses of the pointer so far, in all windows. */
  readonly presses: () => number;
};

const LATER = employees(9, 'ru')
  .map(({ id }) => id)
  .filter(id => id > HEAD_OF_SALES + 1);

/** The admin is on the page of the widget, which is not installed. */
async function beforeInstall(language: Language, options: Partial<SandboxOptions> = {}): Promise<Office> {
  stage = await browser.stage({ language, size: 9, ...options });
  const admin = await stage.open('office');
  const names = NAMES[language];
  await openSettings(admin, names);
  let count = 0;
  await countPresses(admin.context(), () => (count += 1));
  await admin.reload();
  await admin.getByRole('button', { name: names.widget }).click();
  await admin.getByRole('button', { name: names.install }).waitFor();
  count = 0;
  return {
    admin,
    names,
    nameOf: id => stage.world.crm.users.get(id)?.name ?? '',
    presses: () => count,
  };
}

async function countPresses(context: BrowserContext, onPress: () => void): Promise<void> {
  await context.exposeFunction('pressed', onPress);
  await context.addInitScript(() =>
    addEventListener('pointerdown', ({ isTrusted }) => isTrusted && Reflect.get(window, 'pressed')(), true),
  );
}

/** Sets roles on both channels: each person's row unfolds to the line of all channels. */
async function giveFiveRoles({ admin, names, nameOf }: Office): Promise<void> {
  await admin.getByRole('button', { name: names.select }).click();
  const sellers = [SELLER_A, SELLER_B, ...LATER.slice(0, 2)];
  for (const id of sellers) await giveRole(admin, nameOf(id), names.seller);
  await giveRole(admin, nameOf(HEAD_OF_SALES), names.supervisor);
  await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
}

async function sendTestMessage({ admin, names }: Office): Promise<void> {
  await admin.getByText(names.paid).waitFor();
  await admin.getByRole('textbox', { name: names.phone }).fill('+7 916 123-45-67');
  await admin.getByRole('button', { name: names.send }).click();
  await expect.poll(() => stage.world.chat.threads.map(({ chatId }) => chatId)).toEqual(['79161234567']);
}

const nothingNative = (): void => {
  expect(stage.world.crm.integration.fields).toEqual({ custom: '' });
};

describe.each<Language>(['ru', 'en'])('the first set-up (%s)', language => {
  it('with a key that writes roles takes an install, a connection, five roles and a test message', async () => {
    const office = await beforeInstall(language);
    const { admin, names, presses } = office;
    await admin.getByRole('button', { name: names.install }).click();
    await connectWithKey(admin, names, keyOf(stage, 'partner'));
    expect(presses()).toBe(4);
    await giveFiveRoles(office);
    await sendTestMessage(office);
    expect(stage.world.chat.settings.userRoles.map(({ role }) => role).toSorted()).toEqual(
      ['manager', 'seller', 'seller', 'seller', 'seller'].flatMap(role =>
        stage.world.chat.channels.map(() => role),
      ),
    );
    expect(presses()).toBe(4 + 1 + 5 * 2 + 1 + 1);
    nothingNative();
  });

  it('with Wazzup’s own pages shows roles, links to the place where they are changed, and sends a test message', async () => {
    const office = await beforeInstall(language);
    const { admin, names, nameOf, presses } = office;
    await admin.getByRole('button', { name: names.install }).click();
    await travel(admin, names);
    expect(presses()).toBe(4);
    await admin.getByRole('button', { name: names.select }).click();
    await roleRow(admin, nameOf(SELLER_A)).waitFor();
    const dialog = admin.getByRole('dialog', { name: names.dialog });
    expect(await dialog.getByRole('link', { name: names.cabinet }).getAttribute('href')).toMatch(/^https:/);
    expect(await dialog.getByRole('button', { name: names.save }).count()).toBe(0);
    await admin.keyboard.press('Escape');
    await admin.getByRole('button', { name: names.test }).click();
    await sendTestMessage(office);
    expect(presses()).toBe(4 + 1 + 1 + 1);
    nothingNative();
  });

  it('with a key for channels only shows what works, and sends a test message', async () => {
    const office = await beforeInstall(language);
    const { admin, names, presses } = office;
    await admin.getByRole('button', { name: names.install }).click();
    await connectWithKey(admin, names, keyOf(stage, 'sidecar'));
    await admin.getByText(names.channelsOnly).waitFor();
    expect(await admin.getByRole('button', { name: names.select }).count()).toBe(0);
    await admin.getByRole('button', { name: names.test }).click();
    await sendTestMessage(office);
    expect(presses()).toBe(4 + 1 + 1);
    nothingNative();
  });
});

describe.skipIf(inject('postgres') === '')('on PostgreSQL', () => {
  let open: OpenDatabase;
  // After its stage, whose server uses the database until the end.
  afterAll(() => open.close());

  it('the first set-up takes the same presses', async () => {
    open = await openDatabase({ kind: 'postgres', url: await freshPostgres() });
    const office = await beforeInstall('en', { database: open.database });
    const { admin, names, presses } = office;
    await admin.getByRole('button', { name: names.install }).click();
    await connectWithKey(admin, names, keyOf(stage, 'partner'));
    await giveFiveRoles(office);
    await sendTestMessage(office);
    expect(presses()).toBe(4 + 1 + 5 * 2 + 1 + 1);
  });
});
