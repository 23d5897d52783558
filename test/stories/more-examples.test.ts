/** The examples about single people: which employees they are for, what they announce, and what is saved. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireRole } from '../world/chat.ts';
import { ADMIN, HEAD_OF_SALES } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow, saveReviewed } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.en;
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage({ language: 'en' });
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const dialog = () => admin.getByRole('dialog', { name: names.dialog });
const example = (name: string) => dialog().getByRole('group', { name, exact: true });
const said = (name: string) => example(name).getByRole('status').textContent();
const audience = (name: string) =>
  example(name)
    .getByLabel('For:')
    .evaluate(list => (list instanceof HTMLSelectElement ? list.selectedOptions[0]?.text : null));
const apply = (name: string) => example(name).getByRole('button', { name: 'Apply' });
const tick = (employee: string) => roleRow(admin, employee).getByRole('checkbox').check();

async function openExample(name: string): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, 'Vera Wood').waitFor();
  await dialog().getByText('Examples', { exact: true }).click();
  await dialog().getByRole('button', { name, exact: true }).click();
}
const pressSave = () => dialog().getByRole('button', { name: names.save, exact: true }).click();
async function save(): Promise<void> {
  await pressSave();
  await admin.getByText(names.saved).waitFor();
}
/** A change of the admin's own role is reviewed first. */
async function saveOwn(): Promise<void> {
  await pressSave();
  await saveReviewed(admin, names);
  await admin.getByText(names.saved).waitFor();
}

/** The roles in the chat service; their order does not matter. */
const kept = () => new Set(stage.world.chat.settings.userRoles);
const onBothChannels = (person: number, role: WireRole) =>
  [SALES_CHANNEL, WHOLESALE_CHANNEL].map(channelId => ({
    channelId,
    userId: String(person),
    role,
    allowGetNewClients: false,
  }));

describe('an example about single people', () => {
  it.each([
    ['Head of sales', 'manager', '1 employee will get the role “Supervisor”.'],
    ['Checking how sales reps work', 'auditor', '1 employee will get the role “Quality control”.'],
  ] as const)(
    '"%s" waits until an employee is ticked, and changes no one else',
    async (name, role, preview) => {
      const before = kept();
      await openExample(name);
      expect(await audience(name)).toBe('selected employees (0)');
      expect(await said(name)).toBe('First select these employees in the list.');
      expect(await apply(name).count()).toBe(0);
      await tick('Vera Wood');
      expect(await audience(name)).toBe('selected employees (1)');
      expect(await said(name)).toBe(`${preview} `);
      await apply(name).click();
      expect(kept()).toEqual(before);
      await save();
      expect(kept()).toEqual(new Set([...before, ...onBothChannels(HEAD_OF_SALES, role)]));
      expect(stage.world.chat.users.get(String(HEAD_OF_SALES))?.name).toBe('Vera Wood');
    },
  );

  it('"The admin tests the settings" gives the admin a role, which can be removed again', async () => {
    const name = 'The admin tests the settings';
    // An employee can answer on both channels all the time.
    const { settings } = stage.world.chat;
    const head = onBothChannels(HEAD_OF_SALES, 'manager');
    stage.world.chat.settings = { ...settings, userRoles: [...settings.userRoles, ...head] };
    const before = kept();
    await openExample(name);
    expect(await audience(name)).toBe('only me');
    expect(await said(name)).toBe('1 employee will get the role “Supervisor”. ');
    await apply(name).click();
    await saveOwn();
    expect(kept()).toEqual(new Set([...before, ...onBothChannels(ADMIN, 'manager')]));

    await admin.getByRole('button', { name: names.select }).click();
    await giveRole(admin, 'Olivia Cole', names.none);
    await saveOwn();
    expect(kept()).toEqual(before);
  });
});
