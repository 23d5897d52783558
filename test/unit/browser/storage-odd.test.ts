import { afterEach, describe, expect, it } from 'vitest';
import { storedClaims } from '../../../widget/seller/claim/stored-claims.ts';
import { draftStore } from '../../../widget/admin/roles/model/draft-store.ts';
import { memoryStorage } from '../admin/panel/memory-storage.ts';

const NOW = 1_762_000_000_000;
const ACCOUNT = '31';
const whose = { account: ACCOUNT, person: '8001' };
const change = {
  seat: { channelId: 'sales', employeeId: '8002' },
  before: { role: null, receivesNewClients: false },
  after: { role: 'seller' as const, receivesNewClients: true },
};

describe('an odd record does not spoil the others:', () => {
  const kept = new Map<string, string>();
  const storage = memoryStorage(kept);
  afterEach(() => kept.clear());

  it('a change in a draft', () => {
    const draft = draftStore(() => storage, whose);
    draft.write({ at: NOW, changes: [change] });
    const [[key = '', text = ''] = []] = kept;
    kept.set(key, text.replace('"changes":[', '"changes":[null,["sales","7",null,false,"owner",true],'));
    expect(draft.read()).toEqual({ at: NOW, changes: [change] });
  });

  it('a claim without a valid client, which is deleted', () => {
    const key = `crm-chat-roles:claims:${ACCOUNT}:v1:8001`;
    const claims = storedClaims(
      () => storage,
      key,
      () => NOW,
    );
    const claim = {
      press: '2',
      contact: '5',
      base: null,
      to: '8001',
      plan: { deals: null, note: null, task: null, answer: null, undoes: null },
      at: 0,
      outcome: 'unknown' as const,
    };
    claims.save(claim);
    const put = (press: string, about: object): void =>
      void kept.set(`${key}:${press}`, JSON.stringify({ claim: { ...claim, ...about }, keptAt: NOW }));
    put('1', { press: '1', contact: 5 });
    put('3', { press: '4' });
    expect(claims.all()).toEqual([{ claim, keptAt: NOW }]);
    expect(kept.size).toBe(1);
  });
});
