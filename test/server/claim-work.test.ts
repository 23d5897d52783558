/** The server carries out a claim's follow-ups in the name of the person who claimed, even if their page is closed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact, CrmLead } from '../world/crm.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

let office: Office;
let anna: CrmContact;
let deal: CrmLead;
const patient = (): AbortSignal => new AbortController().signal;
const PLAN = { deals: null, note: null, task: null, answer: null, undoes: null };

beforeEach(async () => {
  office = await installedOffice();
  const settings = { standInOwners: [String(NOBODY)], claims: { deals: 'always' } };
  expect((await office.ask(ADMIN, 'PUT /own-settings', settings, '"0"')).status).toBe(200);
  const { crm } = office.world;
  anna = crm.addContact('Анна', [], SELLER_B);
  deal = crm.addLead('Кухня', [anna.id], SELLER_B);
});
afterEach(() => office.open.close());

const asked = (to: number, more: Record<string, unknown> = {}) => {
  const contact = office.world.crm.contacts.get(anna.id);
  return {
    press: crypto.randomUUID(),
    contact: String(anna.id),
    base: String(contact?.responsibleUserId),
    to: String(to),
    plan: { ...PLAN, ...more },
  };
};
/** Claims the way a page does. The page dies before it reports. */
async function claimed(who: number, to: number, plan: Record<string, unknown> = {}): Promise<string> {
  const claim = asked(to, plan);
  const answer = await office.ask(who, 'POST /claims', { claims: [claim] });
  expect(await answer.json()).toMatchObject({ claims: [{ kind: 'granted' }] });
  office.world.crm.assignContact(who, anna.id, to);
  return claim.press;
}
async function settled(seconds = 40): Promise<void> {
  office.world.clock.advance(seconds * 1000);
  await office.world.settled();
  while (await office.following.follower.step(patient()));
}
const shown = async (who: number) =>
  (await (await office.ask(who, `GET /claims?contact=${anna.id}`)).json()).claim;
const notes = () => [...office.world.crm.notes.values()].map(({ text, createdBy }) => [createdBy, text]);
const dealsOwner = () => office.world.crm.leads.get(deal.id)?.responsibleUserId;

describe('a follow-up of a claim', () => {
  it('is done in the name of the person who claimed, even if their page has died', async () => {
    await claimed(SELLER_A, SELLER_A, {
      note: `@[${SELLER_A}] took the client over`,
      task: { forId: String(SELLER_B), text: `@[${SELLER_A}] has your client now` },
    });
    await settled();
    const name = office.world.crm.users.get(SELLER_A)?.name;
    expect(dealsOwner()).toBe(SELLER_A);
    expect(notes()).toEqual([[SELLER_A, `${name} took the client over`]]);
    expect([...office.world.crm.tasks.values()]).toMatchObject([
      { responsibleUserId: SELLER_B, createdBy: SELLER_A, text: `${name} has your client now` },
    ]);
    expect(await shown(SELLER_A)).toMatchObject({
      state: 'stands',
      followUps: [
        { kind: 'deals', state: 'done', deals: [{ id: String(deal.id), fate: 'moved' }] },
        { kind: 'note', state: 'done' },
        { kind: 'task', state: 'done' },
      ],
    });
  });

  it('is shown as waiting before it starts', async () => {
    await claimed(SELLER_A, SELLER_A, { note: 'Taken over' });
    expect(await shown(SELLER_A)).toMatchObject({
      state: 'granted',
      followUps: [
        { kind: 'deals', state: 'waiting', deals: [] },
        { kind: 'note', state: 'waiting', deals: [] },
      ],
    });
  });

  it('waits for the verdict and is dropped when the claim is void', async () => {
    const { crm } = office.world;
    await claimed(SELLER_A, SELLER_A);
    // Without a grant, by a page that could not reach the server.
    office.world.clock.advance(1000);
    const late = { ...asked(ADMIN, { note: 'Mine' }), base: String(SELLER_B) };
    crm.assignContact(ADMIN, anna.id, ADMIN);
    const at = Math.floor(office.world.clock.now() / 1000);
    await office.ask(ADMIN, 'POST /claims/told', { claims: [{ ...late, at, outcome: 'written' }] });
    await settled();
    expect(crm.contacts.get(anna.id)?.responsibleUserId).toBe(SELLER_A);
    expect(notes()).toEqual([]);
    expect(await shown(ADMIN)).toMatchObject({ state: 'void', owner: String(SELLER_A), followUps: [] });
  });

  it('is shown as refused when the person lacks the rights, and is not done with the account’s rights instead', async () => {
    const seller = office.world.crm.users.get(SELLER_A);
    if (seller) seller.leads = { view: 'A', edit: 'M' };
    await claimed(SELLER_A, SELLER_A);
    await settled();
    expect(dealsOwner()).toBe(SELLER_B);
    expect(await shown(SELLER_A)).toMatchObject({
      followUps: [{ kind: 'deals', state: 'refused', deals: [{ fate: 'refused' }] }],
    });
  });

  it('is retried until the CRM answers, and is done once', async () => {
    office.world.disturbances.add(/notes/, 'server-error');
    await claimed(SELLER_A, SELLER_A, { deals: [], note: 'Taken over' });
    await settled();
    expect(await shown(SELLER_A)).toMatchObject({ followUps: [{ kind: 'note', state: 'waiting' }] });
    await settled(120);
    expect(notes()).toEqual([[SELLER_A, 'Taken over']]);
    await settled(120);
    expect(notes()).toHaveLength(1);
  });

  it('is undone with the claim: moved deals go back to their owner', async () => {
    const press = await claimed(SELLER_A, SELLER_A, { note: 'Taken over' });
    await settled();
    expect(dealsOwner()).toBe(SELLER_A);
    await claimed(SELLER_A, SELLER_B, { deals: [], note: 'Taken back', undoes: press });
    await settled();
    expect(dealsOwner()).toBe(SELLER_B);
    expect(notes().map(([, text]) => text)).toEqual(['Taken over', 'Taken back']);
  });

  it('is never carried out when the claim is undone before it starts', async () => {
    const press = await claimed(SELLER_A, SELLER_A, { note: 'Taken over' });
    await claimed(SELLER_A, SELLER_B, { deals: [], note: 'Taken back', undoes: press });
    await settled();
    expect(dealsOwner()).toBe(SELLER_B);
    expect(notes()).toEqual([]);
  });

  it('does not undo the claim of another person', async () => {
    const press = await claimed(SELLER_A, SELLER_A);
    await settled();
    await claimed(SELLER_B, SELLER_B, { deals: [], undoes: press });
    await settled();
    expect(dealsOwner()).toBe(SELLER_A);
  });

  it('has its note encrypted in the database', async () => {
    await claimed(SELLER_A, SELLER_A, { note: 'A secret of the client' });
    const kept = await office.open.database.selectFrom('claim').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain('secret');
  });
});
