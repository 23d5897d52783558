/** A press where our server writes for the person, and what the page shows for each of its answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClaimReport, ClaimsServer, ClaimStatus } from '../../../../widget/account/claim.ts';
import type { Take, Taken } from '../../../../widget/account/taking.ts';
import type { Contact } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { createClaiming, type Claiming } from '../../../../widget/seller/claim/claiming.ts';
import { NO_PLAN, type Running } from '../../../../widget/seller/claim/press.ts';
import { takingWith } from '../../../../widget/seller/claim/taking.ts';
import { pass } from './simulated-office.ts';

const [ANNA, BORIS, CLARA] = ['11', '12', '13'];

describe('a press that the server carries out', () => {
  let storage: Storage;
  let owner: string;
  let reports: ClaimReport[];
  let take: Take;
  const contact = (): Contact => ({
    id: '77',
    name: 'Maria',
    ownerId: owner,
    phones: [],
    dealIds: [],
    address: 'https://acme.pipedrive.com/person/77',
    readAt: 0,
  });
  beforeEach(() => {
    vi.useFakeTimers();
    const kept = new Map<string, string>();
    storage = {
      get length() {
        return kept.size;
      },
      clear: () => kept.clear(),
      getItem: key => kept.get(key) ?? null,
      key: at => [...kept.keys()][at] ?? null,
      removeItem: key => void kept.delete(key),
      setItem: (key, value) => void kept.set(key, value),
    };
    owner = CLARA;
    reports = [];
  });
  afterEach(() => vi.useRealTimers());

  const server: ClaimsServer = {
    grant: async () => [],
    async report(claims) {
      reports.push(...claims);
      return claims.map(({ press, contact: id, base, to, at }) =>
        statusOf({ press, contact: id, base, to, at }),
      );
    },
    latest: async () => null,
  };
  const statusOf = (claimed: Pick<ClaimStatus, 'press' | 'contact' | 'base' | 'to' | 'at'>): ClaimStatus => ({
    ...claimed,
    state: 'stands',
    owner: claimed.to,
    since: claimed.at,
    chat: { kind: 'known', notNumbers: [] },
    followUps: [],
  });
  const page = (): Claiming =>
    createClaiming({
      crm: {
        contact: async () => contact(),
        contacts: async () => [contact()],
        setOwner: async () => expect.unreachable('The page does not write'),
        setOwners: async () => expect.unreachable('The page does not write'),
      },
      server,
      write: takingWith(claim => take(claim)),
      me: ANNA,
      storage: () => storage,
      key: 'claims',
    });
  const pressed = (to = ANNA): Running => {
    const [one] = page().press(to, [{ contactId: '77', base: CLARA, plan: NO_PLAN }]);
    if (!one) throw new Error('Nothing was pressed');
    return one;
  };
  const answers =
    (taken: Taken): Take =>
    () =>
      new Promise(resolve => {
        setTimeout(() => resolve(taken), 100);
      });

  it('succeeds once the server has written, and is reported once', async () => {
    take = answers({ kind: 'written', contact: { ...contact(), ownerId: ANNA } });
    const press = pressed();
    expect(press.state.value.kind).toBe('writing');
    await pass(100);
    expect(press.state.value).toMatchObject({ kind: 'mine', contact: { ownerId: ANNA } });
    expect(reports.map(({ outcome }) => outcome)).toEqual(['written']);
    expect(storage).toHaveLength(0);
  });

  it('is shown as given when it makes a colleague responsible', async () => {
    take = answers({ kind: 'written', contact: { ...contact(), ownerId: BORIS } });
    const press = pressed(BORIS);
    await pass(100);
    expect(press.state.value.kind).toBe('given');
  });

  it.each([
    ['changed', { kind: 'changed', contact: { ...base(), ownerId: BORIS } }, 'changed'],
    ['claimed by a colleague', { kind: 'held', by: BORIS }, 'held'],
    ['forbidden', { kind: 'forbidden' }, 'forbidden'],
    ['hidden', { kind: 'missing' }, 'missing'],
    ['over the limit', { kind: 'too-many' }, 'failed'],
    ['refused', { kind: 'refused' }, 'failed'],
    ['out of the CRM’s reach', { kind: 'unreachable' }, 'failed'],
    ['without any of the company’s daily budget left', { kind: 'budget-gone' }, 'failed'],
  ] as const)(
    'shows that the client or the press is %s, and stores no report',
    async (_name, taken, shown) => {
      take = answers(taken);
      const press = pressed();
      await pass(100);
      expect(press.state.value.kind).toBe(shown);
      expect(reports).toEqual([]);
      expect(storage).toHaveLength(0);
    },
  );

  it('is checked in the CRM when the answer was lost', async () => {
    take = async () => {
      owner = ANNA;
      throw new Failure('timeout', 'chat');
    };
    const press = pressed();
    await pass(0);
    expect(press.state.value.kind).toBe('checking');
    await pass(500);
    expect(press.state.value.kind).toBe('mine');
  });

  it('is checked by the next page when the page was closed midway', async () => {
    take = () => new Promise(() => undefined);
    pressed();
    await pass(0);
    owner = ANNA;
    const next = page();
    await pass(500);
    expect(next.of('77')?.state.value.kind ?? 'mine').toBe('mine');
    expect(reports.map(({ outcome }) => outcome)).toContain('unknown');
  });

  it('fails when the server itself refuses', async () => {
    take = async () => {
      throw new Failure('forbidden', 'chat');
    };
    const press = pressed();
    await pass(0);
    expect(press.state.value).toMatchObject({ kind: 'failed', failure: { code: 'forbidden' } });
    expect(storage).toHaveLength(0);
  });
});

function base(): Contact {
  return { id: '77', name: 'Maria', ownerId: CLARA, phones: [], dealIds: [], address: '', readAt: 0 };
}
