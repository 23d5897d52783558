/** Where in the CRM a person is, and the four names that the CRM has for one place. */

export type Place =
  | { readonly kind: 'contacts' }
  /** 0 is the card of a contact that has not been saved. */
  | { readonly kind: 'card'; readonly contactId: number }
  | { readonly kind: 'settings' };

export function placeOf(path: string): Place {
  const [, contactId] = /^\/contacts\/detail\/(\d+)/.exec(path) ?? [];
  if (contactId !== undefined) return { kind: 'card', contactId: Number(contactId) };
  if (path.startsWith('/contacts/add')) return { kind: 'card', contactId: 0 };
  return path.startsWith('/settings') ? { kind: 'settings' } : { kind: 'contacts' };
}

export type Areas = {
  /** `system().area` */
  readonly system: string;
  /** `APP.getWidgetsArea()`, which also asks for the list of widgets. */
  readonly widgets: string;
  /** `APP.getV3WidgetsArea()` */
  readonly v3: string;
  /** `APP.getBaseEntity()` */
  readonly entity: string;
};

const AREAS: Record<Place['kind'], Areas> = {
  contacts: { system: 'clist', widgets: 'contacts', v3: 'contacts.list', entity: 'contacts' },
  card: { system: 'ccard', widgets: 'contacts_card', v3: 'contacts.card', entity: 'contacts' },
  settings: {
    system: 'settings',
    widgets: 'widgetsSettings',
    v3: 'settings.widgets',
    entity: 'widgetsSettings',
  },
};

export const areasOf = (place: Place): Areas => AREAS[place.kind];
