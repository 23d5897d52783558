import { describe, expect, it } from 'vitest';
import { gatheredCrm } from '../../../../widget/claim/race/gathering.ts';
import type { Contact } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';

const IDS = Array.from({ length: 50 }, (_, at) => String(at + 1));

/** A CRM in which nobody may change the `locked`, and one of them refuses the whole batch. */
function crm({
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
  const contact = (id: string): Contact => ({
    id,
    name: '',
    ownerId: ownerOf.get(id) ?? null,
    phones: [],
    dealIds: [],
    address: '',
    readAt: 0,
  });
  const write = (ids: readonly string[], to: string): void => {
    asked.push(`write ${ids.length}`);
    if (ids.some(id => locked.includes(id))) throw new Failure('forbidden', 'crm');
    ids.forEach(id => ownerOf.set(id, to));
  };
  const gathered = gatheredCrm({
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
    async ownerChangesOf(ids, since) {
      asked.push(`log ${ids.length}`);
      return ids.flatMap(contactId =>
        [since, since + 10].map(at => ({ id: `${at}`, contactId, at, by: null, before: null, after: null })),
      );
    },
  });
  return { gathered, asked, ownerOf };
}

const codes = async (of: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.allSettled(of)).map(one => (one.status === 'rejected' ? one.reason.code : 'fine'));

describe('what claims ask for in the same moment', () => {
  it('is one request of each kind', async () => {
    const { gathered, asked } = crm();
    await Promise.all(IDS.map(id => gathered.contact(id)));
    await Promise.all(IDS.map(id => gathered.setOwner(id, 'me')));
    await Promise.all(IDS.map(id => gathered.ownerChangesOf([id], 0)));
    expect(asked).toEqual(['read 50', 'write 50', 'log 50']);
  });

  it('is asked as ever when it is one', async () => {
    const { gathered, asked } = crm();
    expect(await gathered.contact('7')).toMatchObject({ id: '7' });
    await gathered.setOwner('7', 'me');
    expect(asked).toEqual(['read one', 'write 1']);
  });

  it('is answered to each one separately', async () => {
    const { gathered } = crm({ gone: ['2'] });
    expect(await codes([gathered.contact('1'), gathered.contact('2')])).toEqual(['fine', 'missing']);
    const [early, late] = await Promise.all([
      gathered.ownerChangesOf(['1'], 100),
      gathered.ownerChangesOf(['2'], 105),
    ]);
    expect(early.map(({ contactId, at }) => [contactId, at])).toEqual([
      ['1', 100],
      ['1', 110],
    ]);
    expect(late.map(({ contactId, at }) => [contactId, at])).toEqual([['2', 110]]);
  });

  it('goes to each new owner in a batch of its own', async () => {
    const { gathered, asked, ownerOf } = crm();
    await Promise.all(IDS.slice(0, 4).map((id, at) => gathered.setOwner(id, at < 3 ? 'ann' : 'bob')));
    expect(asked).toEqual(['write 3', 'write 1']);
    expect([ownerOf.get('1'), ownerOf.get('4')]).toEqual(['ann', 'bob']);
  });
});

describe('a batch that the CRM refuses', () => {
  it('is tried again without those of an owner whose clients I may not change', async () => {
    const locked = ['3', '4'];
    const { gathered, asked, ownerOf } = crm({ locked, owners: { 3: 'boss', 4: 'boss' } });
    const told = await codes(IDS.map(id => gathered.setOwner(id, 'me')));
    expect(told.flatMap((code, at) => (code === 'forbidden' ? [IDS[at]] : []))).toEqual(locked);
    expect([...ownerOf.values()].filter(owner => owner === 'me')).toHaveLength(48);
    expect(asked.length).toBeLessThanOrEqual(11);
  });

  it('costs few requests also when I may change nothing', async () => {
    const { gathered, asked } = crm({ locked: IDS });
    expect(new Set(await codes(IDS.map(id => gathered.setOwner(id, 'me'))))).toEqual(new Set(['forbidden']));
    expect(asked.length).toBeLessThanOrEqual(20);
  });

  it('leaves open what became of one whom its answer does not name', async () => {
    const { gathered } = crm({ unnamed: ['2'] });
    expect(await codes(['1', '2'].map(id => gathered.setOwner(id, 'me')))).toEqual(['fine', 'unreadable']);
  });
});
