/** The changelog, in each form in which Pipedrive may write it. */
import { describe, expect, it } from 'vitest';
import type { CrmAnswer } from '../../../../../server/crm/api.ts';
import { pipedriveThrough } from '../../../../../server/crm/pipedrive/crm.ts';
import { CrmUnanswered, CrmUnavailable } from '../../../../../server/crm/unanswered.ts';
import { since } from './connected-company.ts';
import { answered, at, forever, personRow, refused, scripted, type Script } from './scripted.ts';

describe('the changelog', () => {
  const rows = (...all: readonly object[]): Script =>
    at({
      'v2/persons/77': answered(personRow(77, 34)),
      'v1/persons/77/changelog': answered(all),
    });
  const change = (more: object = {}) => ({
    field_key: 'owner_id',
    old_value: '21',
    new_value: '34',
    actor_user_id: 34,
    time: '2026-01-05 12:00:00',
    ...more,
  });
  const logIn = (script: Script, from = 0) => {
    const { api, asked } = scripted(script);
    const owners = pipedriveThrough(api).owners('1', {
      grantOwner: async () => null,
      fromHooks: async () => [],
      leaving: forever,
    });
    return { log: () => owners.ownerLog('77', from, since('21')), owners, asked };
  };

  it('is read in texts or numbers, with or without a zone', async () => {
    const wanted = { by: '34', before: '21', after: '34', at: Date.UTC(2026, 0, 5, 12) / 1000 };
    const odd = change({ old_value: 21, new_value: 34, actor_user_id: '34', time: '2026-01-05T12:00:00Z' });
    expect(await logIn(rows(change())).log()).toMatchObject([wanted]);
    expect(await logIn(rows(odd)).log()).toEqual(await logIn(rows(change())).log());
  });

  it('is read for the owner only, with any values in other fields', async () => {
    const other = change({ field_key: 'label_ids', old_value: [1, 2], new_value: { id: 3 } });
    const name = change({ field_key: 'name', old_value: null, new_value: '35' });
    expect(await logIn(rows(name, other, change())).log()).toHaveLength(1);
  });

  it('has an id for each change of the same people in one second', async () => {
    const back = change({ old_value: '34', new_value: '21' });
    const log = await logIn(rows(change(), back, change())).log();
    expect(new Set(log.map(({ id }) => id)).size).toBe(3);
    expect(log.map(({ after }) => after)).toEqual(['34', '21', '34']);
  });

  it('is read back only to the requested moment', async () => {
    const page = (time: string, next: string): CrmAnswer => answered([change({ time })], next);
    const script: Script = ({ path }) => {
      if (path === 'v2/persons/77') return answered(personRow(77, 34));
      return path.includes('cursor=') ? page('2026-01-05 11:00:00', 'c2') : page('2026-01-05 12:00:00', 'c1');
    };
    const { log, asked } = logIn(script, Date.UTC(2026, 0, 5, 11, 30) / 1000);
    expect(await log()).toHaveLength(1);
    expect(asked.map(one => one.path)).toEqual([
      'v2/persons/77',
      'v1/persons/77/changelog?limit=100',
      'v1/persons/77/changelog?limit=100&cursor=c1',
    ]);
  });

  it('that cannot be read leaves the responsible open', async () => {
    const script = at({
      'v2/persons/77': answered(personRow(77, 34)),
      'v1/persons/77/changelog': refused(403),
    });
    await expect(logIn(script).log()).rejects.toThrow(CrmUnanswered);
    await expect(logIn(() => undefined).owners.writesAs()).rejects.toThrow(CrmUnavailable);
  });
});
