import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesOf,
  draftOf,
  draftOver,
  withRole,
  type Change,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import { sameDraft } from '../../../../../widget/admin/roles/rules/history.ts';
import { draftStore, type DraftStore } from '../../../../../widget/admin/roles/model/draft-store.ts';
import { merged } from '../../../../../widget/admin/roles/rules/merge.ts';
import { editedFrom, edits, lists } from '../rules/edits.ts';

/** A browser's storage with a limit for each value. */
function storageOf(most = Infinity): Storage & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    get length() {
      return all.size;
    },
    key: at => [...all.keys()][at] ?? null,
    getItem: key => all.get(key) ?? null,
    setItem(key, value) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      all.set(key, value);
    },
    removeItem: key => void all.delete(key),
    clear: () => all.clear(),
  };
}
const kept = (storage: Storage, person = '8001'): DraftStore =>
  draftStore(() => storage, { account: '7', person });

const seat = { channelId: 'sales', employeeId: '1' };
const changes: readonly Change[] = changesOf(withRole(draftOver([]), seat, 'seller'));

describe('a draft kept in this browser', () => {
  it('comes back unchanged over the same list', () => {
    fc.assert(
      fc.property(lists, edits, (list, all) => {
        const draft = editedFrom(list, all);
        fc.pre(draft.edits.size > 0);
        const drafts = kept(storageOf());
        expect(drafts.write({ at: 5, changes: changesOf(draft) })).toBe(true);
        const back = merged(draftOf(drafts.read()?.changes ?? []), list);
        expect(sameDraft({ ...back, base: draft.base }, draft)).toBe(true);
      }),
    );
  });

  it('comes back with the same conflicts', () => {
    fc.assert(
      fc.property(lists, edits, lists, (list, all, theirs) => {
        const draft = merged(editedFrom(list, all), theirs);
        const back = merged(draftOf(changesOf(draft)), theirs);
        expect([...back.contested]).toEqual([...draft.contested]);
      }),
    );
  });

  it('contains ids, roles and a time, and no name', () => {
    const storage = storageOf();
    kept(storage).write({ at: 5, changes });
    expect([...storage.all]).toEqual([
      ['crm-chat-roles:roles:7:v1:8001', '{"at":5,"changes":[["sales","1",null,false,"seller",true]]}'],
    ]);
  });

  it('is not shared with another person, and is deleted when it is dropped', () => {
    const storage = storageOf();
    kept(storage).write({ at: 5, changes });
    expect(kept(storage, '8002').read()).toBeNull();
    kept(storage).drop();
    expect(storage.all.size).toBe(0);
  });

  it('reports that it was not kept when storage is forbidden or full', () => {
    const none = draftStore(
      () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
      { account: '7', person: '8001' },
    );
    expect([none.write({ at: 5, changes }), none.read()]).toEqual([false, null]);
    expect(kept(storageOf(10)).write({ at: 5, changes })).toBe(false);
  });

  it('is not kept when it is too long, and an older one does not stay either', () => {
    const storage = storageOf();
    const many = changes.flatMap(change =>
      Array.from({ length: 20_000 }, (_, at) => ({
        ...change,
        seat: { ...seat, employeeId: `employee-${at}` },
      })),
    );
    kept(storage).write({ at: 5, changes });
    expect(kept(storage).write({ at: 6, changes: many })).toBe(false);
    expect(kept(storage).read()).toBeNull();
  });

  it.each([
    ['no JSON', '{"at":5,'],
    ['something else', '[1]'],
    ['no time', '{"changes":[["sales","1",null,false,"seller",true]]}'],
    ['an unknown role', '{"at":5,"changes":[["sales","1",null,false,"owner",true]]}'],
    ['half of a change', '{"at":5,"changes":[["sales","1",null,false]]}'],
    ['an empty id', '{"at":5,"changes":[["","1",null,false,"seller",true]]}'],
    ['an endless id', `{"at":5,"changes":[["${'x'.repeat(101)}","1",null,false,"seller",true]]}`],
    ['a change that changes nothing', '{"at":5,"changes":[["sales","1",null,false,null,true]]}'],
    ['more than the widget ever writes', `{"at":5,"changes":[]}${' '.repeat(500_001)}`],
  ])('is read as none when the record contains %s', (_what, text) => {
    const storage = storageOf();
    storage.setItem('crm-chat-roles:roles:7:v1:8001', text);
    expect(kept(storage).read()).toBeNull();
  });

  it('is read as none or as a draft with changes, for any text in storage', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const storage = storageOf();
        storage.setItem('crm-chat-roles:roles:7:v1:8001', text);
        const read = kept(storage).read();
        expect(read === null || read.changes.length > 0).toBe(true);
      }),
    );
  });
});
