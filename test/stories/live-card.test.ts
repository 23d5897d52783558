/** An open card shows within two seconds that the client has another owner, without any action. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
const SOON = { timeout: 2000 };

describe('an open card', () => {
  it('shows that a colleague has taken the client, and sends one CRM request', async () => {
    const stage = await browser.stage();
    connected(stage);
    const { world } = stage;
    const client = world.clientWrites();
    const [a, b] = [await stage.open('seller-a'), await stage.open('seller-b')];
    await openCard(a, client.id);
    await openCard(b, client.id);
    const button = b.getByRole('button', { name: names.claim });
    await button.waitFor();
    const asked = (): readonly string[] =>
      stage.requests
        .filter(({ person, to, url }) => person === SELLER_B && to === 'crm' && url.includes('/api/v4/'))
        .map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    expect(asked()).toEqual([]);
    await a.getByRole('button', { name: names.claim }).click();
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    const taken = `Отвечает: ${world.crm.users.get(SELLER_A)?.name}`;
    await b.getByText(taken).first().waitFor(SOON);
    expect(await button.count()).toBe(0);
    expect(asked()).toEqual([`GET /api/v4/contacts/${client.id}`]);
    await stage.close();
  });

  it('shows that the client is free again, and stops listening when it is closed', async () => {
    const stage = await browser.stage();
    connected(stage);
    const { world } = stage;
    const client = world.clientWrites();
    const nobody = client.responsibleUserId;
    world.crm.assignContact(ADMIN, client.id, SELLER_A);
    const b = await stage.open('seller-b');
    await openCard(b, client.id);
    await b
      .getByText(`Отвечает: ${world.crm.users.get(SELLER_A)?.name}`)
      .first()
      .waitFor();
    world.crm.assignContact(ADMIN, client.id, nobody);
    await b.getByRole('button', { name: names.claim }).waitFor(SOON);
    const another = world.clientWrites();
    await openCard(b, another.id);
    await b.getByRole('button', { name: names.claim }).waitFor();
    const before = stage.requests.length;
    world.crm.assignContact(ADMIN, client.id, SELLER_A);
    world.crm.assignContact(ADMIN, another.id, SELLER_A);
    await b
      .getByText(`Отвечает: ${world.crm.users.get(SELLER_A)?.name}`)
      .first()
      .waitFor(SOON);
    const reads = stage.requests.slice(before).filter(({ url }) => url.includes(`/contacts/${client.id}`));
    expect(reads).toEqual([]);
    await stage.close();
  });
});
