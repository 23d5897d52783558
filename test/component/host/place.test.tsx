import { describe, expect, it } from 'vitest';
import { amocrmPage } from '../../../widget/host/amocrm/page.ts';
import type { AmoApp, AmoWidget } from '../../../widget/host/amocrm/widget.ts';
import type { Place } from '../../../widget/host/host.ts';

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

function placeOn(area: string, entity: string, card: unknown): Place {
  const app: AmoApp = {
    constant: () => ({}),
    getWidgetsArea: () => area,
    getBaseEntity: () => entity,
    data: { current_card: card },
  };
  return amocrmPage({ app, widget, document, origin: location.origin, nameless: id => id }).place;
}

describe('the place on the CRM’s pages', () => {
  it.each<readonly [string, string, string, unknown, Place]>([
    ['a contact that is not saved', 'contacts_card', 'contacts', { id: 0 }, { kind: 'unsaved' }],
    ['a deal that is not saved', 'leads_card', 'leads', { id: '0' }, { kind: 'unsaved' }],
    ['a company’s card', 'companies_card', 'companies', { id: 7 }, { kind: 'elsewhere' }],
    ['the list of deals', 'leads', 'leads', false, { kind: 'elsewhere' }],
    ['the list of contacts', 'contacts', 'contacts', null, { kind: 'elsewhere' }],
  ])('%s', (_what, area, entity, card, place) => {
    expect(placeOn(area, entity, card)).toEqual(place);
  });
});
