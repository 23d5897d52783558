/** Rarer outcomes of a claim, in a real browser. The usual ones are in claim.test.ts. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let client: CrmContact;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  client = stage.world.clientWrites();
});
afterEach(() => stage.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function unfolded(page: Page): Promise<Page> {
  await openCard(page, client.id);
  await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
  await page.getByText('Кто видит чаты этого клиента').waitFor();
  return page;
}

describe('a press of "I’m responsible"', () => {
  it('sends nothing while offline, and works once the connection is back', async () => {
    const a = await unfolded(await stage.open('seller-a'));
    await a.context().setOffline(true);
    await button(a, names.claim).click();
    await a.getByText(/Нет интернета\. Ничего не отправлено/).waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
    await a.context().setOffline(false);
    await button(a, names.claim).click();
    await a.getByText(names.told).waitFor();
  });

  it('says that the contact was deleted', async () => {
    const a = await unfolded(await stage.open('seller-a'));
    stage.world.crm.deleteContact(SELLER_B, client.id);
    await button(a, names.claim).click();
    await a
      .getByText(/Контакт удалён или скрыт от вас/)
      .first()
      .waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
  });

  it('shows that the client has become mine in the meantime, and writes nothing', async () => {
    const a = await unfolded(await stage.open('seller-a'));
    stage.world.crm.assignContact(SELLER_B, client.id, SELLER_A);
    await button(a, names.claim).click();
    await a.getByText(names.mine).first().waitFor();
    expect(stage.requests.filter(({ to, method }) => to === 'crm' && method === 'PATCH')).toEqual([]);
  });

  it('is not possible without a chat role that can answer, and the card says so', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
    const a = await unfolded(await stage.open('seller-a'));
    await a.getByText(/У вас нет роли, с которой можно отвечать/).waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
  });

  it('takes a client whose owner was deactivated', async () => {
    client.responsibleUserId = SELLER_B;
    const colleague = stage.world.crm.users.get(SELLER_B);
    if (colleague) colleague.isActive = false;
    const a = await unfolded(await stage.open('seller-a'));
    await a
      .getByText(/отключён в CRM/)
      .first()
      .waitFor();
    await button(a, names.claim).click();
    await a.getByText(names.told).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
  });
});
