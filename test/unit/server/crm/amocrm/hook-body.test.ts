import { describe, expect, it } from 'vitest';
import { hookBodyIn } from '../../../../../server/crm/amocrm/hook-body.ts';

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

describe('a hook', () => {
  it('names its clients and deals, each once', () => {
    const body = hookBodyIn(
      form({
        'contacts[update][0][id]': '501',
        'contacts[update][0][type]': 'contact',
        'contacts[update][1][id]': '502',
        'contacts[delete][0][id]': '501',
        'leads[status][0][id]': '9001',
        'leads[status][0][old_status_id]': '7',
        'account[id]': '31000001',
      }),
    );
    expect(body).toMatchObject({ names: ['contact 501', 'contact 502', 'deal 9001'], accountId: '31000001' });
  });

  it('ignores companies, which come among the contacts', () => {
    const body = hookBodyIn(
      form({
        'contacts[update][0][type]': 'company',
        'contacts[update][0][id]': '7',
        'task[add][0][id]': '8',
      }),
    );
    expect(body).toMatchObject({ names: [], accountId: null });
  });

  it.each([
    'contacts[update][0][id]=__proto__',
    'contacts[__proto__][0][id]=1',
    'contacts[update][0][linked_leads_id][9001][ID]=9001',
    'contacts[update][][id]=5',
    'contacts=7&leads[1]=2',
    '{"contacts":{"update":[{"id":1}]}}',
    '%',
    '',
  ])('with the body %j names nobody', text => {
    expect(hookBodyIn(text).names).toEqual([]);
  });

  it('with a thousand changes is read completely', () => {
    const fields = Array.from({ length: 1000 }, (_, at) => [`contacts[update][${at}][id]`, String(at)]);
    expect(hookBodyIn(form(Object.fromEntries(fields))).names).toHaveLength(1000);
  });
});
