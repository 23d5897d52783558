/** A place in the CRM, and the four names that the CRM has for it. */

export type Entity = 'contacts' | 'leads';

export type Place =
  | { readonly kind: 'list'; readonly entity: Entity }
  /** 0 is the card of an unsaved contact or deal. */
  | { readonly kind: 'card'; readonly entity: Entity; readonly id: number }
  | { readonly kind: 'settings' }
  /** A page of a single widget. */
  | { readonly kind: 'advanced'; readonly code: string };

export function placeOf(path: string): Place {
  const [, code] = /^\/settings\/widgets\/(\w+)/.exec(path) ?? [];
  if (code !== undefined) return { kind: 'advanced', code };
  if (path.startsWith('/settings')) return { kind: 'settings' };
  const entity = path.startsWith('/leads') ? 'leads' : 'contacts';
  const [, id] = /^\/\w+\/detail\/(\d+)/.exec(path) ?? [];
  if (id !== undefined) return { kind: 'card', entity, id: Number(id) };
  return path.startsWith(`/${entity}/add`) ? { kind: 'card', entity, id: 0 } : { kind: 'list', entity };
}

export type Areas = {
  /** `system().area` */
  readonly system: string;
  /** `APP.getWidgetsArea()`, also used to request the list of widgets. */
  readonly widgets: string;
  /** `APP.getV3WidgetsArea()` */
  readonly v3: string;
  /** `APP.getBaseEntity()`; the value on a page of advanced settings is not documented. */
  readonly entity: string;
};

export function areasOf(place: Place): Areas {
  if (place.kind === 'settings') {
    const widgets = 'widgetsSettings';
    return { system: 'settings', widgets, v3: 'settings.widgets', entity: widgets };
  }
  if (place.kind === 'advanced') {
    const system = 'advanced-settings';
    return { system, widgets: `${system}:${place.code}`, v3: 'widget.advanced_settings', entity: system };
  }
  const { kind, entity } = place;
  return {
    system: `${entity.slice(0, 1)}${kind}`,
    widgets: kind === 'card' ? `${entity}_card` : entity,
    v3: `${entity}.${kind}`,
    entity,
  };
}
