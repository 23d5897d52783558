/**
 * The half of the host that answers without a request, from data on amoCRM's page. Sources: the CRM's "environment
 * variables" and "script.js" pages; `main_user` of the card is used by the CRM's own sample widget.
 */
import { allowed } from '../../browser/storage.ts';
import { isBlank } from '../../../domain/blank.ts';
import type { Employee } from '../../../domain/employee.ts';
import type { HostPage, Me, Place } from '../host.ts';
import { entriesOf, field, idOf, isNo, isYes, text, unescaped } from './reading.ts';
import { offerField, savedField } from './own-settings.ts';
import type { AmoApp, AmoWidget } from './widget.ts';

export type Surroundings = {
  readonly app: AmoApp;
  readonly widget: AmoWidget;
  readonly document: Document;
  /** Scheme and host of the page and of the CRM's API. */
  readonly origin: string;
  /** The body of the settings modal while it is open. */
  readonly modal?: Element;
  /** Names an employee whose own name shows nothing. */
  readonly nameless: (employeeId: string) => string;
};

export function amocrmPage({ app, widget, document, origin, modal, nameless }: Surroundings): HostPage {
  const user = app.constant('user');
  const account = app.constant('account');
  const root = document.documentElement;
  /**
   * The person's choice; 2 is dark. It counts on pages that have never marked their scheme, and is outdated after a
   * switch.
   */
  let madeWith = text(field(user, 'theme')) === '2' ? 'dark' : 'light';
  const named = <T extends Me | Employee>(one: T): T =>
    isBlank(one.name) ? { ...one, name: nameless(one.id) } : one;
  const ownRecord = field(app.constant('managers'), text(field(user, 'id')));
  return {
    place: placeOf(app),
    get me() {
      const user = app.constant('user');
      return named({
        id: text(field(user, 'id')),
        name: text(field(user, 'name')),
        isAdmin: isYes(field(app.constant('user_rights'), 'is_admin')),
        phone: text(field(user, 'personal_mobile')) || text(field(ownRecord, 'phone')),
      });
    },
    account: { id: text(field(account, 'id')), country: text(field(account, 'country')).toUpperCase() },
    locale: (text(app.lang_id) || text(field(account, 'language'))).slice(0, 2),
    origin,
    theme: () => ((root.dataset['colorScheme'] ?? madeWith) === 'dark' ? 'dark' : 'light'),
    onTheme(listener) {
      const observer = new MutationObserver(() => {
        madeWith = 'light';
        listener();
      });
      observer.observe(root, { attributeFilter: ['data-color-scheme'] });
      return () => observer.disconnect();
    },
    shownOwner: () => idOf(field(app.data.current_card, 'main_user')),
    onChange(contactId, listener) {
      const stop = allowed(() => widget.listenSocketChannel?.(`contacts:card:${contactId}`, [], listener));
      return () => stop?.();
    },
    employee(id) {
      const record = field(app.constant('managers'), id);
      // A list that lacks the current user is broken, so its gaps do not mean that people were deleted.
      if (record === undefined && ownRecord !== undefined) return undefined;
      return named(employeeOf(id, record, app.constant('groups')));
    },
    // The filter of the CRM's own contact list (from memory, not from its documentation).
    contactsOf: employeeId =>
      `/contacts/list/contacts/?filter[main_user][]=${encodeURIComponent(employeeId)}`,
    cardOf: (kind, id) => `/${kind === 'deal' ? 'leads' : 'contacts'}/detail/${encodeURIComponent(id)}`,
    employees() {
      const groups = app.constant('groups');
      return entriesOf(app.constant('managers')).flatMap(([id, record]) =>
        Object(record) === record ? named(employeeOf(id, record, groups)) : [],
      );
    },
    isInstalled: () => widget.get_install_status() === 'installed',
    ownSettings: () => savedField(widget.get_settings()),
    offerOwnSettings: value => modal && offerField(modal, value),
  };
}

function placeOf(app: AmoApp): Place {
  if (app.getWidgetsArea() === 'widgetsSettings') return { kind: 'settings' };
  const card = app.data.current_card;
  const entity = app.getBaseEntity();
  const isLead = entity === 'leads';
  if (!(isLead || entity === 'contacts') || typeof card !== 'object' || card === null)
    return { kind: 'elsewhere' };
  const id = idOf(field(card, 'id'));
  if (id === null) return { kind: 'unsaved' };
  return isLead ? { kind: 'deal', dealId: id } : { kind: 'contact', contactId: id };
}

/** Employees count as active unless the CRM says otherwise, so that a missing field never frees anyone's clients. */
function employeeOf(id: string, record: unknown, groups: unknown): Employee {
  return {
    id,
    name: unescaped(field(record, 'title')),
    email: text(field(record, 'login')),
    group: unescaped(field(groups, text(field(record, 'group')))),
    groupId: text(field(record, 'group')).replace('group_', ''),
    active: !isNo(field(record, 'active')),
    admin: isYes(field(record, 'is_admin')),
    free: isYes(field(record, 'free_user')),
    editsContacts: 'unknown',
  };
}
