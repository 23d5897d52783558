import { describe, expect, it } from 'vitest';
import { readAll, writeAll, type ClaimCrm } from '../../../../widget/seller/claim/batch.ts';
import type { Contact } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';

const IDS = Array.from({ length: 50 }, (_, at) => String(at + 1));
const TO_ME = { ownerId: 'me', isDue: () => true };

/** A CRM that refuses a batch if it contains one of the `locked` clients. */
function crmWith({
  locked = [],
  gone = [],
  unnamed = [],
  owners = {},
}: {
  locked?: readonly string[];
  gone?: readonly string[];
  unnamed?: readonly string[];
  owners?: Readonly<Record<string, string>>;
} = {}) {
  const ownerOf = new Map(IDS.map(id => [id, owners[id] ?? 'nobody']));
  const asked: string[] = [];
  const contact = (id: string): Contact => {
    const ownerId = ownerOf.get(id) ?? null;
    return { id, name: '', ownerId, phones: [], dealIds: [], address: '', readAt: 0 };
  };
  const write = (ids: readonly string[], to: string): void => {
    asked.push(`write ${ids.length}`);
    if (ids.some(id => locked.includes(id))) throw new Failure('forbidden', 'crm');
    ids.forEach(id => ownerOf.set(id, to));
  };
  const crm: ClaimCrm = {
    async contact(id) {
      asked.push('read one');
      return contact(id);
    },
    async contacts(ids) {
      asked.push(`read ${ids.length}`);
      return ids.filter(id => !gone.includes(id)).map(contact);
    },
    async setOwner(id, to) {
      write([id], to);
    },
    async setOwners(ids, to) {
      write(ids, to);
      return ids.filter(id => !unnamed.includes(id));
    },
  };
  return { crm, asked, ownerOf };
}

describe('many clients', () => {
  it('are read and written with one request each, and a single client with the routes for one', async () => {
    const { crm, asked } = crmWith();
    await readAll(crm, IDS);
    await writeAll(crm, IDS, TO_ME);
    await readAll(crm, ['7']);
    await writeAll(crm, ['7'], TO_ME);
    expect(asked).toEqual(['read 50', 'write 50', 'read one', 'write 1']);
  });

  it('have a separate result each', async () => {
    const { crm } = crmWith({ gone: ['2'] });
    const read = await readAll(crm, ['1', '2']);
    expect(read('1')).toMatchObject({ id: '1' });
    expect(read('2')).toMatchObject({ code: 'missing' });
  });

  it('all have the failure when the read fails', async () => {
    const { crm } = crmWith();
    const broken: ClaimCrm = { ...crm, contacts: () => Promise.reject(new Failure('down', 'crm')) };
    const read = await readAll(broken, ['1', '2']);
    expect([read('1'), read('2')]).toMatchObject([{ code: 'down' }, { code: 'down' }]);
  });
});

describe('a batch that the CRM refuses', () => {
  const refusedIn = (failures: ReadonlyMap<string, Failure>) =>
    [...failures].map(([id, { code }]) => `${id} ${code}`).toSorted();

  it('is tried again without the clients that I may not change', async () => {
    const { crm, asked, ownerOf } = crmWith({ locked: ['3', '4'], owners: { 3: 'boss', 4: 'boss' } });
    expect(refusedIn(await writeAll(crm, IDS, TO_ME))).toEqual(['3 forbidden', '4 forbidden']);
    expect([...ownerOf.values()].filter(owner => owner === 'me')).toHaveLength(48);
    expect(asked.length).toBeLessThanOrEqual(11);
  });

  it('takes few requests even when I may change none of the clients', async () => {
    const { crm, asked } = crmWith({ locked: IDS });
    const failures = await writeAll(crm, IDS, TO_ME);
    expect([...failures.values()].map(({ code }) => code)).toEqual(IDS.map(() => 'forbidden'));
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('leaves the outcome open for a client that is missing in the answer', async () => {
    const { crm } = crmWith({ unnamed: ['2'] });
    expect(refusedIn(await writeAll(crm, ['1', '2'], TO_ME))).toEqual(['2 unreadable']);
  });
});
