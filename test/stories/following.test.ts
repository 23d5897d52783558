/** What happens to a client in the CRM reaches the chats by itself, with every page of ours closed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

/** Hooks of the CRM come within a second. */
const SOON = { timeout: 2000 };

const browser = stages();
let stage: Stage;
let client: CrmContact;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  stage.follow();
  client = stage.world.clientWrites({ phone: '+7 916 000-00-01' });
  const page = await stage.open('seller-a');
  await openCard(page, client.id);
  await page.getByRole('button', { name: NAMES.ru.claim }).click();
  await page.getByText(NAMES.ru.told).waitFor();
  await page.close();
});
afterEach(() => stage.close());

const sees = (person: number): boolean => {
  const [thread] = stage.world.chat.threads;
  return thread !== undefined && stage.world.chat.maySee(String(person), thread);
};

describe('a client whom A has taken', () => {
  it('is B’s in the chats within two seconds once the CRM’s own field says so', async () => {
    expect([sees(SELLER_A), sees(SELLER_B)]).toEqual([true, false]);
    stage.world.crm.assignContact(ADMIN, client.id, SELLER_B);
    await expect.poll(() => [sees(SELLER_A), sees(SELLER_B)], SOON).toEqual([false, true]);
  });

  it('is everybody’s who receives new clients once they are nobody’s', async () => {
    stage.world.crm.assignContact(ADMIN, client.id, NOBODY);
    await expect.poll(() => [sees(SELLER_A), sees(SELLER_B)], SOON).toEqual([true, true]);
  });

  it('is known there no more once the CRM has deleted them', async () => {
    stage.world.crm.deleteContact(ADMIN, client.id);
    await expect.poll(() => stage.world.chat.contacts.size, SOON).toBe(0);
  });
});
