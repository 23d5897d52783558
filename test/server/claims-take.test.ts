/** Taking a client over with one request, for a CRM where the server writes and not the page. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GRANT_SECONDS, type ClaimRequest } from '../../server/claims/claim.ts';
import { storedClaims } from '../../server/claims/stored-claims.ts';
import type { ClaimStore } from '../../server/claims/claim-store.ts';
import { take, type Taken } from '../../server/claims/take.ts';
import type { CrmTaking, ShownContact } from '../../server/crm/taking.ts';
import { CrmUnanswered } from '../../server/crm/unanswered.ts';
import { openDatabase, type OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, freshPostgres, kinds } from '../support/databases.ts';
import { sealIn } from '../support/seals.ts';

const [ANNA, BORIS, CLARA] = ['11', '12', '13'];
const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };

describe.each(kinds())('a client taken over with one request (%s)', kind => {
  const opened: OpenDatabase[] = [];
  let stores: readonly ClaimStore[];
  let accountId: string;
  beforeAll(async () => {
    if (kind === 'postgres') {
      const url = await freshPostgres();
      opened.push(await openDatabase({ kind, url }), await openDatabase({ kind, url }));
    } else opened.push(await freshDatabase(kind));
    stores = opened.map(({ database }) => storedClaims(database, sealIn(database)));
    const { id } = await opened[0]!.database
      .insertInto('account')
      .values({ crm: 'pipedrive', crmAccountId: '1', host: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    accountId = id;
  });
  afterAll(async () => {
    for (const { close } of opened) await close();
  });

  /** The CRM of one client. */
  let owner: string;
  let writes: string[];
  let contactId = '500';
  let now: number;
  /** Replaces the next read, or the next write. */
  let onRead: (() => Promise<ShownContact | null>) | null;
  let onWrite: ((write: () => void) => Promise<'done' | 'refused' | 'failed'>) | null;
  beforeEach(() => {
    contactId = String(Number(contactId) + 1);
    now = Date.UTC(2026, 0, 5, 9);
    owner = CLARA;
    writes = [];
    onRead = null;
    onWrite = null;
  });
  const shown = (): ShownContact => ({
    id: contactId,
    name: 'Anna',
    ownerId: owner,
    phones: [],
    dealIds: [],
  });
  const crm: CrmTaking = {
    async contact() {
      const instead = onRead;
      onRead = null;
      return instead ? instead() : shown();
    },
    async setOwner(employeeId, _contact, ownerId) {
      const write = (): void => {
        writes.push(employeeId);
        owner = ownerId;
      };
      const instead = onWrite;
      onWrite = null;
      if (instead) return instead(write);
      write();
      return 'done';
    },
  };
  const press = (who: string): ClaimRequest => ({
    press: crypto.randomUUID(),
    contactId,
    base: CLARA,
    toId: who,
    plan: PLAN,
  });
  const takes = (who: string, asked = press(who), at = 0): Promise<Taken> =>
    take(
      { store: stores[at % stores.length]!, crm, now: () => now, whose: { accountId, employeeId: who } },
      asked,
    );
  const noted = async (): Promise<readonly unknown[]> =>
    (await stores[0]!.of(accountId, contactId))?.claims.map(({ outcome, state }) => [outcome, state]) ?? [];
  const lost = async (): Promise<never> => {
    throw new CrmUnanswered('No answer', true);
  };

  it('belongs to the person, and the claim is noted as written', async () => {
    expect(await takes(ANNA)).toEqual({ kind: 'written', contact: { ...shown(), ownerId: ANNA } });
    expect(await noted()).toEqual([['written', 'open']]);
  });

  it('goes to one person when several press at once, and the others learn who it is', async () => {
    const people = [ANNA, BORIS, '14', '15', '16'];
    const taken = await Promise.all(people.map((who, at) => takes(who, press(who), at)));
    expect(taken.filter(one => one.kind === 'written')).toHaveLength(1);
    expect(writes).toEqual([owner]);
    const others = taken.filter(one => one.kind !== 'written');
    const named = others.map(one =>
      one.kind === 'changed' ? one.contact.ownerId : one.kind === 'held' ? one.by : null,
    );
    expect(named).toEqual(others.map(() => owner));
  });

  it('keeps their owner when the person saw an outdated one, and is free for others at once', async () => {
    owner = BORIS;
    expect(await takes(ANNA)).toMatchObject({ kind: 'changed', contact: { ownerId: BORIS } });
    owner = CLARA;
    expect((await takes(BORIS)).kind).toBe('written');
    expect(writes).toEqual([BORIS]);
  });

  it('is not written again when the same press is repeated, even after the client was given back', async () => {
    const pressed = press(ANNA);
    await takes(ANNA, pressed);
    expect((await takes(ANNA, pressed, 1)).kind).toBe('written');
    owner = CLARA;
    expect((await takes(ANNA, pressed, 1)).kind).toBe('unknown');
    expect(writes).toEqual([ANNA]);
  });

  it('is not written again when the same press is repeated before it is answered', async () => {
    const pressed = press(ANNA);
    const taken = await Promise.all([0, 1, 0].map(at => takes(ANNA, pressed, at)));
    expect(writes).toEqual([ANNA]);
    expect(taken).toContainEqual(expect.objectContaining({ kind: 'written' }));
    expect((await takes(ANNA, pressed)).kind).toBe('written');
  });

  it('belongs to the person when a repeated press finds that the first one has written', async () => {
    const pressed = press(ANNA);
    onRead = async () => {
      await takes(ANNA, pressed);
      return shown();
    };
    expect((await takes(ANNA, pressed)).kind).toBe('written');
    expect(await noted()).toEqual([['written', 'open']]);
    expect(writes).toEqual([ANNA]);
  });

  it('is not written, and is free for others at once, when the CRM is too busy for the write', async () => {
    onWrite = async () => {
      throw new CrmUnanswered('Too much is asked', false);
    };
    expect((await takes(ANNA)).kind).toBe('unreachable');
    expect(await noted()).toEqual([['stopped', 'released']]);
    expect((await takes(BORIS)).kind).toBe('written');
    expect(writes).toEqual([BORIS]);
  });

  it('is read back when the CRM did not answer the write', async () => {
    onWrite = async write => {
      write();
      return lost();
    };
    expect((await takes(ANNA)).kind).toBe('written');
    expect(await noted()).toEqual([['written', 'open']]);
  });

  it('has an unknown outcome until the CRM shows whether the write happened', async () => {
    onWrite = async () => {
      onRead = lost;
      return lost();
    };
    const pressed = press(ANNA);
    expect((await takes(ANNA, pressed)).kind).toBe('unknown');
    expect(await noted()).toEqual([['unknown', 'open']]);
    owner = ANNA;
    expect((await takes(ANNA, pressed)).kind).toBe('written');
    expect(writes).toEqual([]);
  });

  it('belongs to the person even if the CRM is too busy to show it after the write', async () => {
    onWrite = async write => {
      write();
      onRead = lost;
      return 'done';
    };
    expect(await takes(ANNA)).toMatchObject({ kind: 'written', contact: { ownerId: ANNA } });
  });

  it('goes to a colleague even if the CRM then hides the client from the person who gave it away', async () => {
    onWrite = async write => {
      write();
      onRead = async () => null;
      return 'done';
    };
    expect(await takes(ANNA, { ...press(ANNA), toId: BORIS })).toMatchObject({
      kind: 'written',
      contact: { ownerId: BORIS },
    });
  });

  it.each([
    ['forbidden', 'refused'],
    ['refused', 'failed'],
  ] as const)(
    'is %s when the CRM’s answer to the write is "%s", and is free for others at once',
    async (said, answer) => {
      onWrite = async () => answer;
      expect((await takes(ANNA)).kind).toBe(said);
      expect(await noted()).toEqual([['stopped', 'released']]);
      expect((await takes(BORIS)).kind).toBe('written');
    },
  );

  it('is missing for a person to whom the CRM does not show it', async () => {
    onRead = async () => null;
    expect((await takes(ANNA)).kind).toBe('missing');
    expect(writes).toEqual([]);
  });

  it('is not written while the CRM does not answer or answers too late', async () => {
    onRead = lost;
    expect((await takes(ANNA)).kind).toBe('unreachable');
    onRead = async () => {
      now += 10_001;
      return shown();
    };
    expect((await takes(ANNA)).kind).toBe('unreachable');
    expect(writes).toEqual([]);
    expect((await takes(BORIS)).kind).toBe('written');
  });

  it('is looked at again when the process died before it noted the outcome', async () => {
    onWrite = async write => {
      write();
      throw new Error('The process is gone');
    };
    await expect(takes(ANNA)).rejects.toThrow('The process is gone');
    expect(await noted()).toEqual([['unknown', 'open']]);
    now += (GRANT_SECONDS + 2) * 1000;
    expect(await stores[0]!.due(now)).toContainEqual({ accountId, contactId });
  });
});
