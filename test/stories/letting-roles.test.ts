/** An admin allows roles to be set in the CRM where the key only shows them, through Wazzup's own page and back. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import en from '../../locales/en.json' with { type: 'json' };
import ru from '../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const browser = stages();

describe.each([
  ['ru', ru],
  ['en', en],
] as const)('letting roles be set here (%s)', (language, { connect: words, panel }) => {
  const names = NAMES[language];
  let stage: Stage;
  let admin: Page;
  let before: string;
  beforeEach(async () => {
    stage = await browser.stage({ language });
    connected(stage);
    stage.keyKind = 'v3';
    before = JSON.stringify(stage.world.chat.settings);
    admin = await stage.open('office');
    await openSettings(admin, names);
  });
  afterEach(() => stage.close());

  const offer = () => admin.getByRole('button', { name: panel.connect.letRoles });
  /** Goes to Wazzup's consent page. */
  async function leave(): Promise<Page> {
    const popup = admin.waitForEvent('popup');
    await offer().click();
    const tab = await popup;
    await tab.getByRole('heading', { name: /^Allow / }).waitFor();
    await admin.getByText(panel.connect.awayRoles).waitFor();
    return tab;
  }
  const account = () => String(stage.world.chat.id);

  it('asks for a confirmation with "No" first, and then roles can be saved here', async () => {
    const tab = await leave();
    await tab.getByRole('button', { name: account() }).click();
    const question = words.page.questionRoles.replace('{{account}}', new URL(admin.url()).host);
    await tab.getByRole('heading', { name: question }).waitFor();
    await tab.getByText('79865784457').waitFor();
    const focused = await tab.evaluate(() => document.activeElement?.textContent);
    expect(focused?.trim()).toBe(names.refuse);
    expect(await tab.getByRole('button').first().textContent()).toBe(names.refuse);
    await tab.getByRole('button', { name: names.agree }).click();
    await tab.getByText(words.page.connected).waitFor();

    await admin.getByText(words.mode.roles).waitFor();
    await admin.getByRole('button', { name: names.select }).click();
    const head = stage.world.crm.users.get(HEAD_OF_SALES)?.name ?? '';
    await roleRow(admin, head).waitFor();
    await giveRole(admin, head, names.supervisor);
    await admin
      .getByRole('dialog', { name: names.dialog })
      .getByRole('button', { name: names.save, exact: true })
      .click();
    await admin.getByText(names.saved).waitFor();
    expect(stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role).toBe('manager');
  });

  it.each([
    ['Wazzup’s page', (tab: Page) => tab.getByRole('button', { name: 'Deny' }).click()],
    [
      'the server’s page',
      async (tab: Page) => {
        await tab.getByRole('button', { name: account() }).click();
        await tab.getByRole('button', { name: names.refuse }).click();
      },
    ],
  ])('changes nothing when it is refused on %s', async (_where, refuse) => {
    const tab = await leave();
    await refuse(tab);
    await tab.getByText(words.page.declined).waitFor();
    await admin.getByRole('button', { name: names.cancel }).click();
    await offer().waitFor();
    await openSettings(admin, names);
    await admin.getByText(words.mode.reading).waitFor();
    await offer().waitFor();
    expect(JSON.stringify(stage.world.chat.settings)).toBe(before);
  });
});
