/**
 * Part of an office's day in real browsers: clients write, sellers press at the same time and switch cards, an admin opens and
 * closes the dialog, and one request in twenty fails. The world's clock moves forward between the rounds.
 */
import type { CDPSession, Page } from 'playwright';
import type { Fault } from '../world/disturbances.ts';
import { SELLER_A } from '../world/people.ts';
import type { CrmContact } from '../world/crm.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { NAMES, openSettings } from '../support/crm-steps.ts';
import type { Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const FAULTS: readonly Fault[] = ['too-many', 'server-error', 'cut', 'slow', 'lost-after', 'broken-json'];
const REQUESTS = [
  /^PATCH \/api\/v4\/contacts/,
  /^GET \/api\/v4\//,
  /^(GET|POST|PATCH) \/v3\//,
  /^POST \/claims/,
];
const FAULTY = 0.05;

export type Day = {
  readonly sellers: number;
  readonly rounds: number;
  /** How far the world's clock moves in all rounds together. */
  readonly minutes: number;
  readonly seed: number;
};

export type Weight = { readonly nodes: number; readonly listeners: number; readonly heap: number };
export type Report = {
  readonly clients: readonly CrmContact[];
  readonly faults: number;
  /** The memory of each page, after the first rounds and at the end. */
  readonly weights: readonly { readonly of: string; readonly early: Weight; readonly late: Weight }[];
};

/** Numbers from 0 up to 1 that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type ClaimServices = { readonly page: Page; readonly session: CDPSession };

export async function officeDay(stage: Stage, day: Day): Promise<Report> {
  const random = randomFrom(day.seed);
  const { world } = stage;
  const sellers = await Promise.all(
    Array.from({ length: day.sellers }, (_, at) => sellerAt(stage, at === 0 ? SELLER_A : SELLER_A + 3 + at)),
  );
  const admin = await deskOf(await stage.open('office'));
  await openSettings(admin.page, names);
  const clients: CrmContact[] = [];
  let faults = 0;
  const trouble = (): void => {
    if (random() >= FAULTY) return;
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const [on, fault] = [pick(REQUESTS), pick(FAULTS)];
    if (!on || !fault) return;
    faults += 1;
    world.disturbances.add(on, fault);
  };
  const desks = [...sellers, admin];
  const early: Weight[] = [];
  for (let round = 0; round < day.rounds; round += 1) {
    const client = world.clientWrites();
    clients.push(client);
    await Promise.all([
      ...sellers.map(async ({ page }, at) => {
        trouble();
        // Two of three sellers have the new client open; the others open one who was taken before.
        const isRacing = at % 3 !== round % 3 || sellers.length < 3;
        await switchTo(page, isRacing ? client : (clients[Math.floor(random() * clients.length)] ?? client));
        if (isRacing) await press(page);
      }),
      openAndCloseDialog(admin.page),
    ]);
    world.clock.advance((day.minutes * 60_000) / day.rounds);
    if (round === Math.floor(day.rounds / 3)) early.push(...(await weigh(desks)));
  }
  world.disturbances.clear();
  const late = await weigh(desks);
  return {
    clients,
    faults,
    weights: early.flatMap((first, at) => {
      const last = late[at];
      return last
        ? [{ of: at < sellers.length ? `seller ${at + 1}` : 'admin', early: first, late: last }]
        : [];
    }),
  };
}

async function sellerAt(stage: Stage, seller: number): Promise<ClaimServices> {
  const value = `session-of-${seller}`;
  stage.world.crm.sessions.set(value, seller);
  const { hostname: domain } = new URL(stage.addressOf('seller-a'));
  const cookie = { name: 'session', value, domain, path: '/', expires: -1, httpOnly: true, secure: false };
  const page = await stage.open('seller-a', {
    storageState: { cookies: [{ ...cookie, sameSite: 'Lax' }], origins: [] },
  });
  const { settings } = stage.world.chat;
  const seat = { channelId: SALES_CHANNEL, userId: String(seller), role: 'seller' as const };
  const others = settings.userRoles.filter(({ userId }) => userId !== String(seller));
  stage.world.chat.settings = { ...settings, userRoles: [...others, { ...seat, allowGetNewClients: true }] };
  return deskOf(page);
}

const deskOf = async (page: Page): Promise<ClaimServices> => ({
  page,
  session: await page.context().newCDPSession(page),
});

/** Opens another card as the CRM does, without a page load. */
async function switchTo(page: Page, { id }: CrmContact): Promise<void> {
  await page.evaluate(path => {
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/contacts/detail/${id}`);
  await page.locator('.crm-chat-roles-caption').getByText(/\S/).first().waitFor();
}

/** Presses, and waits until the card says whose client it is or why it cannot tell. */
async function press(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: names.claim });
  const outcome = page.getByText(new RegExp(`${names.mine}|Отвечает: |Не удалось|не отвечает|не получилось`));
  if (await button.isVisible()) await button.click({ timeout: 5000 }).catch(() => undefined);
  await outcome
    .first()
    .waitFor({ timeout: 40_000 })
    .catch(() => undefined);
}

async function openAndCloseDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: names.dialog });
  await page.getByRole('button', { name: names.select, exact: true }).click();
  await dialog.getByRole('button', { name: names.cancel }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The memory that is left after a garbage collection. */
const weigh = (desks: readonly ClaimServices[]): Promise<readonly Weight[]> =>
  Promise.all(
    desks.map(async ({ session }) => {
      await session.send('Performance.enable');
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (name: string): number => metrics.find(one => one.name === name)?.value ?? 0;
      return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
    }),
  );
