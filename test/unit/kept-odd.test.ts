import { afterEach, describe, expect, it } from 'vitest';
import { outboxStore, type Entry } from '../../widget/claim/follow-up/outbox-store.ts';
import { keptChanges } from '../../widget/roles/model/kept-changes.ts';
import { memoryStorage } from './settings/memory-storage.ts';

const NOW = 1_762_000_000_000;
const ACCOUNT = '31';
const whose = { account: ACCOUNT, person: '8001' };
const entry: Entry = {
  id: '1',
  followUp: { kind: 'note', contactId: '5', text: 'Taken' },
  madeAt: NOW,
  dueAt: NOW,
  sentAt: null,
  tries: 0,
  because: null,
};
const change = {
  seat: { channelId: 'sales', employeeId: '8002' },
  before: { role: null, receivesNewClients: false },
  after: { role: 'seller' as const, receivesNewClients: true },
};

describe('one odd record spoils none of the others:', () => {
  const kept = new Map<string, string>();
  const storage = memoryStorage(kept);
  const put = (id: string, about: object): void =>
    void kept.set(
      `crm-chat-roles:outbox:${ACCOUNT}:v1:8001:${id}`,
      JSON.stringify({ ...entry, id, ...about }),
    );
  const waiting = (): readonly Entry[] => outboxStore(() => storage, whose).all();
  afterEach(() => kept.clear());

  it('a change in a draft', () => {
    const draft = keptChanges(() => storage, whose);
    draft.write({ at: NOW, changes: [change] });
    const [[key = '', text = ''] = []] = kept;
    kept.set(key, text.replace('"changes":[', '"changes":[null,["sales","7",null,false,"owner",true],'));
    expect(draft.read()).toEqual({ at: NOW, changes: [change] });
  });

  it('a follow-up of a kind that a later version has made, which stays for that version', () => {
    put('1', { followUp: { kind: 'letter', contactId: '5' } });
    put('2', {});
    expect(waiting().map(one => one.id)).toEqual(['2']);
    expect(kept.size).toBe(2);
  });

  it('a follow-up that says of its own kind what it cannot say, which goes', () => {
    put('1', { followUp: { kind: 'note', contactId: 5 } });
    put('2', {});
    expect(waiting().map(one => one.id)).toEqual(['2']);
    expect(kept.size).toBe(1);
  });

  it('a deal among those to move', () => {
    const deals = [{ id: '7', fromId: null }, null, { id: 8 }];
    put('1', { followUp: { kind: 'deals', contactId: '5', whileOwnerId: '1', toId: '1', deals } });
    expect(waiting()).toMatchObject([{ followUp: { deals: [{ id: '7', fromId: null }] } }]);
  });

  it('a reason that a later version has named', () => {
    put('1', { because: { code: 'asleep', service: 'crm' } });
    expect(waiting()).toMatchObject([{ id: '1', because: null }]);
  });
});
