/** Five sellers in five browser profiles press at the same moment: the first one whom the CRM recorded has the client. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const SELLERS = [SELLER_A, SELLER_B, 8006, 8007, 8008];

const browser = stages();

/** The client's card in this seller's own browser profile. */
async function cardOf(stage: Stage, seller: number, contactId: number): Promise<Page> {
  const session = `session-of-${seller}`;
  stage.world.crm.sessions.set(session, seller);
  const { hostname } = new URL(stage.addressOf('seller-a'));
  const page = await stage.open('seller-a', {
    storageState: {
      cookies: [
        {
          name: 'session',
          value: session,
          domain: hostname,
          path: '/',
          expires: -1,
          httpOnly: true,
          secure: false,
          sameSite: 'Lax',
        },
      ],
      origins: [],
    },
  });
  await openCard(page, contactId);
  await page.getByRole('button', { name: names.claim }).hover();
  return page;
}

describe.each([
  ['off', false],
  ['on', true],
] as const)('five sellers who press at once, with the CRM’s rate limit %s', (_state, limiter) => {
  it('all see the same owner: the seller whom the CRM recorded first', async () => {
    const stage = await browser.stage({ size: 9, limiter });
    connected(stage);
    const { world } = stage;
    world.chat.settings = {
      ...world.chat.settings,
      userRoles: SELLERS.map(seller => ({
        channelId: SALES_CHANNEL,
        userId: String(seller),
        role: 'seller' as const,
        allowGetNewClients: true,
      })),
    };
    const client = world.clientWrites();
    const pages = new Map<number, Page>();
    for (const seller of SELLERS) pages.set(seller, await cardOf(stage, seller, client.id));

    await Promise.all(
      [...pages.values()].map(page => page.getByRole('button', { name: names.claim }).click()),
    );

    // Only the winner sees "yours". The others see the winner's name as soon as they have read it.
    const isMine = async (seller: number): Promise<boolean> =>
      Boolean(await pages.get(seller)?.getByText(names.mine).first().isVisible());
    const isTold = async (seller: number): Promise<boolean> =>
      Boolean(
        await pages
          .get(seller)
          ?.getByText(`Отвечает: ${nameOf(winner())}`)
          .first()
          .isVisible(),
      );
    const winner = (): number => world.crm.ownerChanges[0]?.after ?? 0;
    const nameOf = (seller: number): string => world.crm.users.get(seller)?.name ?? '';
    await expect.poll(() => isMine(winner()), { timeout: 60_000 }).toBe(true);
    const losers = SELLERS.filter(seller => seller !== winner());
    await expect
      .poll(() => Promise.all(losers.map(isTold)), { timeout: 60_000 })
      .toEqual(losers.map(() => true));
    expect(client.responsibleUserId).toBe(winner());
    expect(await Promise.all(losers.map(isMine))).toEqual(losers.map(() => false));
    await expect
      .poll(() => losers.map(seller => world.chat.threadsOf(String(seller)).length))
      .toEqual(losers.map(() => 0));
    expect(world.chat.threadsOf(String(winner()))).toHaveLength(1);
    await stage.close();
  });
});

describe('a claim whose page is reloaded', () => {
  it('is completed by the next page, and the chat service is updated', async () => {
    const stage = await browser.stage();
    connected(stage);
    const client = stage.world.clientWrites();
    const a = await stage.open('seller-a');
    await openCard(a, client.id);
    stage.world.disturbances.add(/^POST \/claims\/told/, 'lost-before');
    await a.getByRole('button', { name: names.claim }).click();
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    await expect.poll(() => stage.world.disturbances.waiting()).toEqual([]);
    await a.reload();
    await expect.poll(() => stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
    await stage.close();
  });
});
