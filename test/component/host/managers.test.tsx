/** The CRM's page lists all employees in a constant whose types vary. An incomplete record does not make a client free. */
import { describe, expect, it } from 'vitest';
import { ownershipOf } from '../../../domain/ownership.ts';
import { amocrmPage } from '../../../widget/host/amocrm/page.ts';
import type { AmoApp, AmoWidget } from '../../../widget/host/amocrm/widget.ts';
import type { HostPage } from '../../../widget/host/host.ts';

const ME = '1';
const manager = (about: object = {}) => ({
  id: '2',
  title: 'Anna',
  active: true,
  login: 'a@b.c',
  is_admin: 'N',
  free_user: 'N',
  group: 'group_0',
  ...about,
});

function pageWith(managers: unknown, constants: object = {}): HostPage {
  const known = { user: { id: 1 }, managers, groups: {}, account: {}, user_rights: {}, ...constants };
  const app: AmoApp = {
    constant: name => Reflect.get(known, name),
    getBaseEntity: () => 'contacts',
    getWidgetsArea: () => 'contacts_card',
    lang_id: 'en',
    data: { current_card: { id: 3, main_user: '2' } },
  };
  const widget: AmoWidget = {
    callbacks: {
      render: () => true,
      init: () => true,
      bind_actions: () => true,
      settings: () => true,
      onSave: () => true,
      destroy: () => undefined,
    },
    langs: {},
    get_settings: () => ({}),
    get_install_status: () => 'installed',
    render_template: () => undefined,
  };
  return amocrmPage({ app, widget, document, origin: location.origin, nameless: id => `Employee ${id}` });
}
const ownership = (managers: unknown) => {
  const { employee } = pageWith(managers);
  return ownershipOf('2', { me: ME, standInOwners: [], employee }).kind;
};
const me = { [ME]: manager({ id: ME }) };

describe('a colleague’s client', () => {
  it.each([
    ['whose record is empty', { ...me, 2: {} }],
    ['whose record is null', { ...me, 2: null }],
    ['who is active as “Y”', { ...me, 2: manager({ active: 'Y' }) }],
    ['whose state is an unknown word', { ...me, 2: manager({ active: 'perhaps' }) }],
    ['whose state is missing', { ...me, 2: manager({ active: undefined }) }],
    ['on a page with an empty list', {}],
    ['on a page without a list', null],
    ['on a page whose list is an array', []],
  ])('is not free: the owner %s', (_who, managers) => {
    expect(ownership(managers)).toBe('colleagues');
  });

  it('is free when the colleague is deactivated as “N”', () => {
    expect(ownership({ ...me, 2: manager({ active: 'N' }) })).toBe('free');
  });
});

describe('an employee on the page', () => {
  it('has a name even when the record lacks it, and is left out without a record', () => {
    const page = pageWith({ 1: manager(), 2: manager({ title: null }), 3: {}, 4: null });
    expect(page.employees().map(({ name }) => name)).toEqual(['Anna', 'Employee 2', 'Employee 3']);
  });

  it.each([
    [true, true],
    ['Y', true],
    [undefined, false],
    ['perhaps', false],
    [{}, false],
  ])('is an admin only when the CRM says so: %j', (is_admin, isAdmin) => {
    const page = pageWith({ ...me, 2: manager({ is_admin }) }, { user_rights: { is_admin } });
    expect([page.me.isAdmin, page.employee('2')?.admin]).toEqual([isAdmin, isAdmin]);
  });
});
