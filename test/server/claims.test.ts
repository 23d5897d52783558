/** A person takes over a client: the server grants them the client and judges what was written in the CRM. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
let anna: CrmContact;
const patient = (): AbortSignal => new AbortController().signal;
const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };

beforeEach(async () => {
  office = await installedOffice();
  const { chat } = office.world;
  await office.ask(ADMIN, 'PUT /own-settings', { standInOwners: [String(NOBODY)] }, '"0"');
  chat.channels.splice(1);
  chat.settings.userRoles = [SELLER_A, SELLER_B].map(userId => ({
    channelId: SALES_CHANNEL,
    userId: String(userId),
    role: 'seller' as const,
    allowGetNewClients: false,
  }));
  anna = office.world.clientWrites({ name: 'Анна', phone: '+7 916 000-00-01' });
  for (const id of await office.following.subscriptions.due())
    await office.following.subscriptions.keep(id, patient());
});
afterEach(() => office.open.close());

const newPress = (): string => crypto.randomUUID();
const claim = (who: number, press = newPress(), more: Record<string, unknown> = {}) => ({
  press,
  contact: String(anna.id),
  base: String(NOBODY),
  to: String(who),
  plan: PLAN,
  ...more,
});
async function ask(who: number, one = claim(who)): Promise<Record<string, unknown>> {
  const answer = await office.ask(who, 'POST /claims', { claims: [one] });
  expect(answer.status).toBe(200);
  return (await answer.json()).claims[0];
}
const now = (): number => Math.floor(office.world.clock.now() / 1000);
async function tell(who: number, one: ReturnType<typeof claim>, outcome = 'written') {
  const answer = await office.ask(who, 'POST /claims/told', { claims: [{ ...one, at: now(), outcome }] });
  expect(answer.status).toBe(200);
  return (await answer.json()).claims[0];
}
const shown = async (who: number) =>
  (await (await office.ask(who, `GET /claims?contact=${anna.id}`)).json()).claim;
async function settled(): Promise<void> {
  await office.world.settled();
  while (await office.following.follower.step(patient()));
}

describe('a claimed client', () => {
  it('is kept for the first person who asks, and the others learn who that is', async () => {
    const first = claim(SELLER_A);
    expect(await ask(SELLER_A, first)).toEqual({ press: first.press, kind: 'granted' });
    expect(await ask(SELLER_A, first)).toMatchObject({ kind: 'granted' });
    expect(await ask(SELLER_B)).toMatchObject({ kind: 'held', by: String(SELLER_A) });
  });

  it('belongs to the person once the CRM’s log says so', async () => {
    const first = claim(SELLER_A);
    await ask(SELLER_A, first);
    office.world.crm.assignContact(SELLER_A, anna.id, SELLER_A);
    expect(await tell(SELLER_A, first)).toMatchObject({ state: 'judging', chat: { kind: 'known' } });
    await settled();
    expect(await shown(SELLER_A)).toMatchObject({
      press: first.press,
      state: 'stands',
      owner: String(SELLER_A),
      since: expect.any(Number),
    });
    expect(office.world.chat.contacts.get(String(anna.id))).toMatchObject({
      responsibleUserId: String(SELLER_A),
    });
  });

  it('goes back to the person who was first when another one writes without asking', async () => {
    const { crm, clock } = office.world;
    const [first, second] = [claim(SELLER_A), claim(SELLER_B)];
    await ask(SELLER_A, first);
    crm.assignContact(SELLER_A, anna.id, SELLER_A);
    clock.advance(1000);
    crm.assignContact(SELLER_B, anna.id, SELLER_B);
    await tell(SELLER_B, second);
    await settled();
    expect(await shown(SELLER_B)).toMatchObject({ state: 'void', owner: String(SELLER_A) });
    expect(crm.contacts.get(anna.id)).toMatchObject({ responsibleUserId: SELLER_A });
    clock.advance(5000);
    await settled();
    expect(office.world.chat.contacts.get(String(anna.id))).toMatchObject({
      responsibleUserId: String(SELLER_A),
    });
  });

  it('is judged even if the page never reports', async () => {
    const first = claim(SELLER_A);
    await ask(SELLER_A, first);
    office.world.crm.assignContact(SELLER_A, anna.id, SELLER_A);
    office.world.clock.advance(40_000);
    await settled();
    expect(await shown(SELLER_A)).toMatchObject({ state: 'stands' });
    // No page has put the client into the chat service.
    expect(office.world.chat.contacts.get(String(anna.id))).toMatchObject({
      responsibleUserId: String(SELLER_A),
    });
  });

  it('is judged while the chat service does not answer, and is sent to it later', async () => {
    const first = claim(SELLER_A);
    await ask(SELLER_A, first);
    office.world.crm.assignContact(SELLER_A, anna.id, SELLER_A);
    office.world.disturbances.add(/settings/, 'server-error');
    office.world.clock.advance(40_000);
    await settled();
    expect(await shown(SELLER_A)).toMatchObject({ state: 'stands' });
    const ownerInChat = async (): Promise<string | undefined> => {
      await settled();
      return office.world.chat.contacts.get(String(anna.id))?.responsibleUserId;
    };
    await expect.poll(ownerInChat, { timeout: 10_000 }).toBe(String(SELLER_A));
  });

  it('is not sent to the chat service when the new owner has no role there', async () => {
    office.world.chat.settings.userRoles = [];
    await ask(SELLER_A);
    office.world.crm.assignContact(SELLER_A, anna.id, SELLER_A);
    office.world.clock.advance(40_000);
    await settled();
    expect(await shown(SELLER_A)).toMatchObject({ state: 'stands' });
    expect(office.world.chat.contacts.get(String(anna.id))).toBeUndefined();
  });

  it('is free for others once the page says that it wrote nothing', async () => {
    const first = claim(SELLER_A);
    await ask(SELLER_A, first);
    expect(await tell(SELLER_A, first, 'stopped')).toMatchObject({ state: 'released' });
    expect(await ask(SELLER_B)).toMatchObject({ kind: 'granted' });
  });

  it('is free for others after half a minute, even if the person asks again', async () => {
    await ask(SELLER_A);
    office.world.clock.advance(31_000);
    await ask(SELLER_A);
    expect(await ask(SELLER_B)).toMatchObject({ kind: 'granted' });
  });

  it('gives nothing away to a person who may not see the client', async () => {
    const { crm } = office.world;
    crm.assignContact(ADMIN, anna.id, SELLER_A);
    const blind = crm.users.get(SELLER_B);
    if (blind) blind.contacts.view = 'M';
    await ask(SELLER_A, claim(SELLER_A, newPress(), { base: String(SELLER_A), to: String(NOBODY) }));
    const unheld = claim(SELLER_B, newPress(), { contact: '99999999' });
    expect(Object.keys(await ask(SELLER_B))).toEqual(Object.keys(await ask(SELLER_B, unheld)));
    expect(await ask(SELLER_B)).toMatchObject({ kind: 'granted' });
  });

  it.each([
    ['guesses the owner', SELLER_A],
    ['guesses wrong', ADMIN],
  ])('shows a person who may not see it and %s only what they sent', async (_which, guess) => {
    const { crm, clock } = office.world;
    crm.assignContact(ADMIN, anna.id, SELLER_A);
    clock.advance(600_000);
    const blind = crm.users.get(SELLER_B);
    if (blind) blind.contacts.view = 'M';
    const plan = { ...PLAN, note: 'Taken over' };
    const guessed = claim(SELLER_B, newPress(), { base: String(guess), to: String(guess), plan });
    const own = {
      state: 'judging',
      owner: String(guess),
      since: null,
      followUps: [{ kind: 'note', state: 'waiting' }],
    };
    expect(await tell(SELLER_B, guessed)).toMatchObject(own);
    await settled();
    expect(await shown(SELLER_B)).toMatchObject(own);
    crm.assignContact(ADMIN, anna.id, HEAD_OF_SALES);
    clock.advance(60_000);
    await settled();
    expect(await shown(SELLER_B)).toMatchObject(own);
    if (blind) blind.contacts.view = 'A';
    const owner = async (): Promise<unknown> => {
      clock.advance(1000);
      await settled();
      return (await shown(SELLER_B)).owner;
    };
    await expect.poll(owner, { timeout: 10_000 }).toBe(String(HEAD_OF_SALES));
  });

  it('is refused to a person for whom fifty clients are kept already', async () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      claim(SELLER_A, newPress(), { contact: String(7000 + at) }),
    );
    const answer = await office.ask(SELLER_A, 'POST /claims', { claims: many });
    const { claims } = await answer.json();
    expect(claims.map(({ kind }: { kind: string }) => kind)).toEqual(many.map(() => 'granted'));
    expect(await ask(SELLER_A)).toMatchObject({ kind: 'too-many' });
  });

  it('does not show the claim to another person', async () => {
    await ask(SELLER_A);
    expect(await shown(SELLER_B)).toBeNull();
  });

  it('is forgotten a week after the decision, and not before', async () => {
    const kept = () => office.open.database.selectFrom('claim').select('press').execute();
    await ask(SELLER_A);
    office.world.clock.advance(31_000);
    await settled();
    office.world.clock.advance(100_000);
    await settled();
    await office.following.claims.forget();
    expect(await kept()).toHaveLength(1);
    office.world.clock.advance(7 * 24 * 3_600_000 + 600_000);
    await office.following.claims.forget();
    expect(await kept()).toEqual([]);
    expect(await office.open.database.selectFrom('claimedClient').selectAll().execute()).toEqual([]);
  });
});
