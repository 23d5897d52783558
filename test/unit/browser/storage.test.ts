/**
 * The table of everything that the widget keeps in a browser. A record that is spoilt, of another version, too large,
 * forbidden or without room counts as none, and all records are deleted when the widget is disabled.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { ClaimReport } from '../../../widget/account/claim.ts';
import { storedClaims } from '../../../widget/seller/claim/stored-claims.ts';
import { lastChannel } from '../../../widget/seller/card/model/client-chat.ts';
import { forgetAccount, STORED } from '../../../widget/browser/storage.ts';
import { cacheOwn, cachedOwn } from '../../../widget/account/own-cache.ts';
import { draftStore } from '../../../widget/admin/roles/model/draft-store.ts';
import { saveMemory } from '../../../widget/admin/panel/last-save.ts';
import { memoryStorage } from '../admin/panel/memory-storage.ts';

const ACCOUNT = '31';
const whose = { account: ACCOUNT, person: '8001' };
const NOW = Date.UTC(2026, 10, 2, 9);

type Kept = {
  /** The second word of its key, which says what it is. */
  readonly what: string;
  readonly write: (storage: () => Storage) => unknown;
  /** `null` when there is nothing usable. */
  readonly read: (storage: () => Storage) => unknown;
};

const claim: ClaimReport = {
  press: '1',
  contact: '5',
  base: '8005',
  to: '8001',
  plan: { deals: null, note: '@[8001] is responsible', task: null, answer: null, undoes: null },
  at: NOW / 1000,
  outcome: 'written',
};
const claimsIn = (storage: () => Storage, now = NOW) =>
  storedClaims(storage, `crm-chat-roles:claims:${ACCOUNT}:v1:8001`, () => now);
const change = {
  seat: { channelId: 'sales', employeeId: '8002' },
  before: { role: null, receivesNewClients: false },
  after: { role: 'seller' as const, receivesNewClients: true },
};
const LAST = { employees: ['6'] };

/** Makes the storage the page's own for code that uses the page's. */
const asPages = <T>(storage: () => Storage, use: () => T): T => {
  vi.stubGlobal('window', globalThis);
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: storage });
  return use();
};
const EVERYTHING: readonly Kept[] = [
  {
    what: 'roles',
    write: storage => draftStore(storage, whose).write({ at: NOW, changes: [change] }),
    read: storage => draftStore(storage, whose).read(),
  },
  {
    what: 'last-save',
    write: storage => saveMemory(storage, whose).write(LAST),
    read: storage => saveMemory(storage, whose).read(),
  },
  {
    what: 'claims',
    write: storage => claimsIn(storage).save(claim),
    read: storage => claimsIn(storage).all()[0] ?? null,
  },
  {
    what: 'last-channel',
    write: storage =>
      asPages(storage, () => lastChannel({ account: ACCOUNT, person: '8001' }).write('sales')),
    read: storage => asPages(storage, () => lastChannel({ account: ACCOUNT, person: '8001' }).read()),
  },
  {
    what: 'own',
    write: storage =>
      asPages(storage, () => cacheOwn(ownPage, { version: '3', settings: { standInOwners: [] } })),
    read: storage => asPages(storage, () => cachedOwn(ownPage).text) || null,
  },
];
const ownPage = {
  account: { id: ACCOUNT, country: 'RU' },
  me: { id: '8001', name: '', isAdmin: false, phone: '' },
  ownSettings: () => '',
};

const SPOILT: readonly (readonly [how: string, text: string])[] = [
  ['is not JSON', '{"at":'],
  ['is empty', ''],
  ['is null', 'null'],
  ['is a number', '5'],
  ['is a list of something else', '[null,7,"x",{"contactId":5}]'],
  ['has a prototype in it', '{"__proto__":{"at":1},"constructor":{"prototype":{}},"changes":[]}'],
  ['is markup', '<img src=x onerror=alert(1)>'],
  ['has grown too large', JSON.stringify({ at: 1, changes: 'x'.repeat(600_000) })],
];

const forbidden = (): Storage => {
  throw new DOMException('forbidden', 'SecurityError');
};
const full = (kept: Map<string, string>) => (): Storage =>
  Object.assign(memoryStorage(kept), {
    setItem() {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });

let checked = 0;
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
  vi.unstubAllGlobals();
});
afterAll(() => {
  process.stdout.write(`Kept in a browser: ${EVERYTHING.length} kinds of records, ${checked} mishaps\n`);
});

describe.each(EVERYTHING.map(kept => [kept.what, kept] as const))('"%s"', (what, { write, read }) => {
  const all = new Map<string, string>();
  const storage = memoryStorage(all);
  const written = (): string => {
    all.clear();
    write(() => storage);
    return [...all.keys()][0] ?? '';
  };

  it('is kept under the key of its account, version and person, and is read from there', () => {
    expect(written()).toMatch(new RegExp(`^crm-chat-roles:${what}:${ACCOUNT}:v1:8001(:1)?$`));
    expect(all.size).toBe(1);
    expect(read(() => storage)).not.toBeNull();
  });

  it.each(SPOILT)('counts as none when it %s', (_how, text) => {
    checked += 1;
    const key = written();
    all.set(key, text);
    const found = read(() => storage);
    // Any short text may be the id of a channel. No channel has that id, and it is never shown.
    expect(what === 'last-channel' && text.length <= 100 ? null : found).toBeNull();
  });

  it.each(['v0', 'v2', 'v10'])('does not read or delete what another version has kept (%s)', version => {
    checked += 1;
    const key = written();
    const other = key.replace(':v1:', `:${version}:`);
    all.set(other, all.get(key) ?? '');
    all.delete(key);
    expect(read(() => storage)).toBeNull();
    expect(all.has(other)).toBe(true);
  });

  it('counts as none when storage is forbidden', () => {
    checked += 1;
    expect(() => write(forbidden)).not.toThrow();
    expect(read(forbidden)).toBeNull();
  });

  it('counts as none when storage is full', () => {
    checked += 1;
    const none = full(new Map());
    expect(() => write(none)).not.toThrow();
    expect(read(none)).toBeNull();
  });
});

describe('what is kept in the browser is limited:', () => {
  const kept = new Map<string, string>();
  const storage = memoryStorage(kept);
  const size = (): number => [...kept].join('').length;
  afterEach(() => kept.clear());

  it('claims to the newest hundred', () => {
    for (let at = 0; at < 150; at += 1) claimsIn(() => storage, NOW + at).save({ ...claim, press: `${at}` });
    const all = claimsIn(() => storage).all();
    expect(all.map(one => one.claim.press)).toEqual(Array.from({ length: 100 }, (_, at) => `${50 + at}`));
    expect(size()).toBeLessThan(50_000);
  });

  it('a claim to one day', () => {
    claimsIn(() => storage, NOW - 25 * 3_600_000).save(claim);
    expect(claimsIn(() => storage).all()).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('the note of a claim to 10,000 characters', () => {
    const words = (length: number): ClaimReport => ({
      ...claim,
      plan: { ...claim.plan, note: 'x'.repeat(length) },
    });
    claimsIn(() => storage).save(words(10_000));
    expect(claimsIn(() => storage).all()).toHaveLength(1);
    claimsIn(() => storage).save(words(10_001));
    expect(claimsIn(() => storage).all()).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('a draft to a length that leaves room for the CRM', () => {
    const draft = draftStore(() => storage, whose);
    const long = { ...change, seat: { channelId: 'x'.repeat(600_000), employeeId: '8002' } };
    draft.write({ at: NOW, changes: [long] });
    expect(draft.read()).toBeNull();
    expect(size()).toBeLessThan(500_000);
  });
});

describe('everything that is kept in the browser', () => {
  it('is in this table, and no part of the widget makes its own key', () => {
    const root = fileURLToPath(new URL('../../../widget', import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.tsx?$/.test(name),
    );
    const found = files.flatMap(name =>
      [
        ...readFileSync(join(root, name), 'utf8').matchAll(/['`]crm-chat-roles:(?<what>[a-z-]+):['$]/g),
      ].flatMap(({ groups }) => groups?.['what'] ?? []),
    );
    expect(found).toEqual([]);
    expect(EVERYTHING.map(({ what }) => what).toSorted()).toEqual([...STORED].toSorted());
  });

  it('is deleted when the widget is disabled, and nothing else is', () => {
    const all = new Map([
      ['the page’s own', 'x'],
      [`crm-chat-roles:claims:${ACCOUNT}0:v1:8001:a`, 'another account’s'],
    ]);
    const before = [...all.keys()];
    const storage = memoryStorage(all);
    EVERYTHING.forEach(({ write }) => write(() => storage));
    all.set(`crm-chat-roles:claims:${ACCOUNT}:v1:8002:a`, 'a colleague’s');
    all.set(`crm-chat-roles:roles:${ACCOUNT}:v2:draft:8001`, 'a newer version’s');
    expect(all.size).toBe(before.length + EVERYTHING.length + 2);
    forgetAccount(() => storage, ACCOUNT);
    expect([...all.keys()]).toEqual(before);
  });

  it('can be deleted without an error where storage is forbidden', () => {
    expect(() => forgetAccount(forbidden, ACCOUNT)).not.toThrow();
  });
});
