/** What people do through the server: with their own grants, and within their own rights. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../../world/people.ts';
import { connectedCompany, type ConnectedCompany } from './connected-company.ts';
import { forever } from './scripted.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];
const VISIBLE_TO_OWNER = 1;

let stage: ConnectedCompany;
beforeEach(async () => {
  stage = await connectedCompany();
});
afterEach(() => {
  expect(stage.world.unhandledRequests).toEqual([]);
});

const acting = () => stage.crm.acting('1', forever);
const addAnna = (ownerId = SELLER_A) => stage.company.addPerson({ name: 'Anna', ownerId });
/** Visible only to its owner, its followers and administrators. */
const addHidden = () => {
  const person = addAnna(SELLER_B);
  person.visibleTo = VISIBLE_TO_OWNER;
  return person;
};
const addDeal = (personId: number, ownerId = SELLER_A) =>
  stage.company.addDeal({ title: 'Doors', ownerId, personId });
const rightsOf = (id: number) => {
  const user = stage.company.users.get(id);
  if (!user) throw new Error(`Nobody is ${id}`);
  return user.rights;
};

describe('a person who acts', () => {
  it('is found by id, and may not act once they have left', async () => {
    const before = await acting().person(A);
    expect(before).toMatchObject({ id: A, active: true, mayAct: true, asksForGroups: false });
    stage.company.changeUser(ADMIN, SELLER_A, { isActive: false });
    expect(await acting().person(A)).toMatchObject({ active: false, mayAct: false });
    expect(await acting().person('987654')).toBeNull();
  });

  it.each([403, 404] as const)(
    'sees only what Pipedrive shows them (hidden records answer %i)',
    async status => {
      stage.world.pipedrive.oddities.hiddenPerson = status;
      const { seenBy } = stage.crm.records('1');
      const [shown, hidden] = [addAnna(), addHidden()];
      const deal = addDeal(shown.id);
      expect(await seenBy(A, 'contacts', String(shown.id))).toMatchObject({ responsibleId: A });
      expect(await seenBy(A, 'deals', String(deal.id))).toEqual({
        responsibleId: A,
        contactIds: [String(shown.id)],
        isOpen: true,
      });
      expect(await seenBy(A, 'contacts', String(hidden.id))).toBeNull();
      expect(await seenBy(A, 'contacts', '987654')).toBeNull();
      expect(await seenBy(A, 'contacts', '../users')).toBeNull();
    },
  );

  it('sees and does nothing before they have allowed the app', async () => {
    const { id } = addAnna(SELLER_B);
    expect(await stage.crm.records('1').seenBy(B, 'contacts', String(id))).toBeNull();
    expect(await acting().deals(B, [String(addDeal(id, SELLER_B).id)])).toEqual([]);
    expect(await acting().addNote(B, String(id), 'Taken over')).toBe('refused');
    expect(stage.company.notes.size).toBe(0);
  });

  it('gets an error when Pipedrive cannot answer', async () => {
    const { id } = addAnna();
    stage.company.limits.areOn = true;
    stage.company.limits.spend(stage.company.limits.tokensLeft());
    await expect(stage.crm.records('1').seenBy(A, 'contacts', String(id))).rejects.toMatchObject({
      code: 'CRM_BUDGET_GONE',
    });
  });
});

describe('deals that come along', () => {
  it('are those that the person may see, and all of them for the account', async () => {
    const { id } = addAnna();
    const [own, hidden] = [addDeal(id), addDeal(id, SELLER_B)];
    hidden.visibleTo = VISIBLE_TO_OWNER;
    const ids = [own, hidden].map(deal => String(deal.id));
    expect((await acting().deals(A, ids)).map(deal => deal.id)).toEqual([String(own.id)]);
    expect((await acting().deals(null, [...ids, '987654', 'x'])).map(deal => deal.ownerId)).toEqual([A, B]);
    expect(await acting().contact(String(id))).toEqual({ ownerId: A, dealIds: ids });
  });

  it('move in the person’s name', async () => {
    const deal = addDeal(addAnna().id);
    expect(await acting().setOwners(A, [String(deal.id)], B)).toBe('done');
    expect(deal.ownerId).toBe(SELLER_B);
    expect(stage.company.changelog.all.at(-1)?.actor.userId).toBe(SELLER_A);
  });

  it('stay when the person lacks the rights', async () => {
    rightsOf(SELLER_A).editOthersDeals = false;
    rightsOf(SELLER_A).changeOwner = false;
    const deal = addDeal(addAnna().id, SELLER_B);
    expect(await acting().setOwners(A, [String(deal.id)], A)).toBe('refused');
    expect(deal.ownerId).toBe(SELLER_B);
  });

  it('are not given to a person who has left, even if the API would accept it', async () => {
    stage.company.changeUser(ADMIN, SELLER_B, { isActive: false });
    const deal = addDeal(addAnna().id);
    expect(await acting().setOwners(A, [String(deal.id)], B)).toBe('failed');
    expect(deal.ownerId).toBe(SELLER_A);
  });
});

describe('a note', () => {
  it('belongs to the person, and is read as it was written', async () => {
    const { id } = addAnna();
    const text = 'Taken over from <Boris> & co.\n"Thanks"\r\nBye';
    stage.world.clock.advance(2000);
    expect(await acting().addNote(A, String(id), text)).toBe('done');
    expect([...stage.company.notes.values()].map(note => note.userId)).toEqual([SELLER_A]);
    const [note] = await acting().notes(String(id));
    expect(note).toEqual({ text: text.replace('\r\n', '\n'), at: Math.floor(stage.company.now() / 1000) });
  });

  it('is listed before older ones', async () => {
    const { id } = addAnna();
    for (const text of ['First', 'Second']) {
      await acting().addNote(A, String(id), text);
      stage.world.clock.advance(1000);
    }
    expect((await acting().notes(String(id))).map(note => note.text)).toEqual(['Second', 'First']);
  });

  it('is not written about a client that the person may not see', async () => {
    expect(await acting().addNote(A, String(addHidden().id), 'Hello')).toBe('refused');
    expect(stage.company.notes.size).toBe(0);
  });
});

describe('a task', () => {
  const addTask = (id: number, text = 'Look at this', personId = A) =>
    acting().addTask(personId, {
      contactId: String(id),
      forId: B,
      text,
      dueAt: Math.floor(stage.company.now() / 1000) + 86_400,
    });

  it.each(['Look at this', `Look at this: ${'a long story with many words, '.repeat(20)}`])(
    'belongs to the colleague, is about the client, and is read as it was written: %s',
    async text => {
      const { id } = addAnna();
      expect(await addTask(id, text)).toBe('done');
      const [activity] = stage.company.activities.values();
      expect(activity).toMatchObject({
        type: 'task',
        ownerId: SELLER_B,
        personId: id,
        creatorId: SELLER_A,
        dueDate: '2026-11-03',
        dueTime: '09:00:00',
      });
      const [task] = await acting().tasks(String(id));
      expect(task).toMatchObject({ contactId: String(id), forId: B, isCompleted: false });
      expect(task?.text.trim()).toBe(text.trim());
      expect(await acting().task(task?.id ?? '')).toEqual(task);
    },
  );

  it('is completed in the person’s name, with the result as its note', async () => {
    const { id } = addAnna();
    await addTask(id);
    const [task] = await acting().tasks(String(id));
    expect(await acting().completeTask(A, task?.id ?? '', 'Done & told')).toBe('done');
    const [activity] = stage.company.activities.values();
    expect([activity?.done, activity?.note]).toEqual([true, 'Done &amp; told']);
    expect((await acting().tasks(String(id)))[0]?.isCompleted).toBe(true);
  });

  it('about a client that the person may not see is refused', async () => {
    const { id } = addHidden();
    stage.company.addActivity(
      { userId: SELLER_B },
      {
        subject: 'Call',
        type: 'task',
        ownerId: SELLER_A,
        personId: id,
        dealId: null,
      },
    );
    const [task] = await acting().tasks(String(id));
    expect(await acting().completeTask(A, task?.id ?? '', 'Done')).toBe('refused');
    expect(await addTask(id)).toBe('refused');
  });
});

describe('taking a client over', () => {
  const taking = () => {
    const made = stage.crm.taking?.('1', forever);
    if (!made) throw new Error('Pipedrive’s page writes nothing');
    return made;
  };

  it('costs a read and a write, and is done in the person’s name', async () => {
    const { id } = addAnna(SELLER_B);
    const cost = await stage.costOf(async () => {
      expect(await taking().contact(A, String(id))).toMatchObject({ id: String(id), ownerId: B });
      expect(await taking().setOwner(A, String(id), A)).toBe('done');
      expect(await taking().contact(A, String(id))).toMatchObject({ ownerId: A });
    });
    expect(cost).toBe(7);
    expect(stage.company.changelog.all.at(-1)?.actor.userId).toBe(SELLER_A);
  });

  it('is refused when the person lacks the right', async () => {
    rightsOf(SELLER_A).changeOwner = false;
    const [theirs, hidden] = [addAnna(SELLER_B), addHidden()];
    expect(await taking().setOwner(A, String(theirs.id), A)).toBe('refused');
    expect(await taking().contact(A, String(hidden.id))).toBeNull();
    expect(await taking().setOwner(A, String(hidden.id), A)).toBe('refused');
    expect(theirs.ownerId).toBe(SELLER_B);
  });

  it('fails for a new owner who has left', async () => {
    const { id } = addAnna();
    stage.company.changeUser(ADMIN, SELLER_B, { isActive: false });
    expect(await taking().setOwner(A, String(id), B)).toBe('failed');
    expect(stage.company.persons.get(id)?.ownerId).toBe(SELLER_A);
  });
});
