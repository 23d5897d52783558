/** Records that the CRM's reference does not describe break no list and give nobody additional rights. */
import { describe, expect, it } from 'vitest';
import { contactsThrough } from '../../../../widget/host/amocrm/contacts.ts';
import { feedThrough } from '../../../../widget/host/amocrm/feed.ts';
import { ownerChangesThrough } from '../../../../widget/host/amocrm/owner-changes.ts';
import { answering, answeringInTurn } from '../../answering.ts';
import { dealsOver } from './deals-over.ts';

const page = (name: string, ...records: readonly unknown[]) => ({ _embedded: { [name]: records } });

describe('contacts', () => {
  it('keep the fields that can be read', async () => {
    const ask = answering(
      page(
        'contacts',
        {
          id: '3',
          name: null,
          responsible_user_id: '7',
          is_deleted: 0,
          custom_fields_values: [
            null,
            { field_code: null, values: null },
            { field_code: 'PHONE', values: [null, { value: '+7 916' }, { value: 8916 }, { value: {} }] },
          ],
          _embedded: { leads: [{ id: 5 }, { id: '5' }, null, { id: 'none' }] },
        },
        { id: 4, responsible_user_id: 0, _embedded: [] },
        { id: 5, is_deleted: 'Y' },
        null,
        { id: 3, name: 'Anna', responsible_user_id: 7 },
      ),
    );
    expect(await contactsThrough(ask, '').contacts(['3', '4', '5'])).toMatchObject([
      { id: '3', name: 'Anna', ownerId: '7', phones: [], dealIds: [] },
      { id: '4', name: '', ownerId: null },
    ]);
  });

  it('have their phones and deals, each deal once', async () => {
    const values = [null, { value: '+7 916' }, { value: 8916 }, { value: {} }];
    const fields = [null, { field_code: 7 }, { field_code: 'PHONE', values }];
    const leads = [{ id: 5 }, { id: '5' }, null];
    const ask = answering({ id: 3, custom_fields_values: fields, _embedded: { leads } });
    const { phones, dealIds } = await contactsThrough(ask, '').contact('3');
    expect([phones, dealIds]).toEqual([['+7 916', '8916'], ['5']]);
  });

  it.each([[{ id: 7 }], ['boss'], [true], [-1]])(
    'with the owner %j do not count as free',
    async responsible_user_id => {
      await expect(
        contactsThrough(answering({ id: 3, responsible_user_id }), '').contact('3'),
      ).rejects.toMatchObject({ code: 'unreadable' });
      const ask = answering(page('contacts', { id: 3, responsible_user_id }));
      expect(await contactsThrough(ask, '').contacts(['3'])).toEqual([]);
    },
  );

  it('are requested and changed once each, even if they are named several times', async () => {
    const sent: unknown[] = [];
    const { contacts, setOwners } = contactsThrough(async ({ query, body }) => {
      sent.push(body ?? query?.['filter[id]']);
      return { value: null, header: () => null };
    }, '');
    await contacts(['3', '4', '3']);
    await setOwners(['3', '4', '3'], '7');
    expect(sent).toEqual([
      ['3', '4'],
      [
        { id: 3, responsible_user_id: 7 },
        { id: 4, responsible_user_id: 7 },
      ],
    ]);
  });
});

describe('deals', () => {
  it('without a pipeline, or listed twice, do not affect the others', async () => {
    const ask = answering(
      page(
        'leads',
        { id: '5', name: null, responsible_user_id: null, status_id: '7', closed_at: false },
        { id: 6, name: 'Doors', pipeline_id: 1, status_id: 142 },
        { name: 'Nothing' },
        { id: 6, name: 'Doors again', pipeline_id: null, status_id: 7, closed_at: '1700000000' },
      ),
    );
    expect(await dealsOver(ask).dealsOf({ id: '1', dealIds: ['5', '6'] })).toMatchObject([
      { id: '5', name: '', ownerId: null, pipelineId: '', stageId: '7', isOpen: true },
      { id: '6', name: 'Doors again', pipelineId: '', isOpen: false },
    ]);
  });

  it('without a stage do not count as open', async () => {
    const ask = answering(page('leads', { id: 5, pipeline_id: 1 }));
    expect(await dealsOver(ask).dealsOf({ id: '1', dealIds: ['5'] })).toMatchObject([
      { stageId: '', isOpen: false },
    ]);
  });

  it('name each of their clients once, and no odd ones', async () => {
    const contacts = [{ id: 3, is_main: null }, null, { id: '4', is_main: 1 }, { id: 3 }, {}];
    const deal = { id: 5, status_id: 7, _embedded: { contacts } };
    const { ask } = answeringInTurn(deal, page('contacts', { id: 3 }, { id: '4' }, { id: 3 }));
    expect((await dealsOver(ask).clientsOf('5')).map(({ id }) => id)).toEqual(['4', '3']);
  });
});

describe('the feed', () => {
  it('shows the notes and tasks that can be read', async () => {
    const notes = page('notes', { id: '1', params: null }, null, {
      id: 2,
      created_by: '7',
      params: { text: 'Hi' },
    });
    expect(await feedThrough(answering(notes)).notes('3')).toEqual([
      { text: 'Hi', byId: '7' },
      { text: '', byId: '' },
    ]);
    const tasks = page(
      'tasks',
      { id: '9', entity_id: null, responsible_user_id: 7, text: null },
      { text: 'x' },
    );
    expect(await feedThrough(answering(tasks)).tasks('3')).toEqual([
      { id: '9', contactId: '3', forId: '7', fromId: '', text: '' },
    ]);
  });
});

describe('changes of owner', () => {
  const event = (id: unknown, about: object = {}) => ({ id, entity_id: 3, created_at: 9, ...about });
  const since = (...pages: readonly unknown[]) =>
    ownerChangesThrough(answeringInTurn(...pages).ask).ownerChangesOf(['3'], 0);

  it('are all read except for odd ones', async () => {
    const all = [
      event('b'),
      event(null),
      null,
      event(7),
      event('c', { created_by: {}, created_at: '9' }),
      event('d', { entity_id: null }),
    ];
    const changes = await since(page('events', ...all));
    expect(changes.map(({ id, by }) => [id, by])).toEqual([
      ['b', null],
      ['7', null],
      ['c', null],
    ]);
  });

  it('that are listed on two pages count once', async () => {
    const next = { _links: { next: { href: '/' } } };
    const changes = await since(
      { ...page('events', event('a'), event('b')), ...next },
      page('events', event('b')),
    );
    expect(changes.map(one => one.id)).toEqual(['a', 'b']);
  });
});
