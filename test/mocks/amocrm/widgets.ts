/**
 * The widget list that the page loads first, and the saving of a widget's own settings.
 *
 * The list's format and fields were read from the CRM's own front end. How the native Install, Save and Disable talk to
 * the server is not documented: POST /ajax/widgets/<code> with the form fields `action` (install, save, disable) and
 * `fields` (JSON) is this stage's own format.
 */
import * as v from 'valibot';
import type { CrmUser } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { activate, pressDisable, pressInstall } from './installing.ts';
import { problem } from './problem.ts';
import { fields } from '../fields.ts';
import { route, type Route } from './route.ts';

/** Maps the page's `getWidgetsArea()` to the names in `system().area`. */
const AREAS: Readonly<Record<string, string>> = {
  contacts_card: 'ccard',
  leads_card: 'lcard',
  companies_card: 'comcard',
  contacts: 'clist',
  leads: 'llist',
  widgetsSettings: 'settings',
};

const saving = fields({
  action: v.picklist(['install', 'save', 'disable']),
  fields: v.optional(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string())), '{}'),
});

export const widgetRoutes = (world: World): Route[] => [
  route('POST /ajax/widgets/list', { body: fields({ area: v.string() }), form: true }, ({ me, body }) =>
    Response.json({
      widgets: { [world.crm.integration.code]: entryOf(world) },
      system: system(world, me, body.area),
    }),
  ),
  route('POST /ajax/widgets/:code', { who: 'admins', body: saving, form: true }, ({ me, params, body }) => {
    const { integration } = world.crm;
    if (params['code'] !== integration.code) return problem(404, 'Widget not found');
    switch (body.action) {
      case 'install':
        void pressInstall(world, world.crm, integration, me);
        break;
      case 'save':
        activate(integration);
        break;
      case 'disable':
        void pressDisable(world, world.crm, integration);
    }
    integration.fields = { ...integration.fields, ...body.fields };
    world.changed();
    return Response.json({ widget: entryOf(world) });
  }),
];

/** The list's entry for the account's integration. */
export function entryOf(world: World): unknown {
  const { code, id, uuid, version, fields, status, active } = world.crm.integration;
  const path = `/upl/${code}/widget`;
  return {
    id,
    active: active ? 'Y' : 'N',
    category_id: '2',
    init_once: 'N',
    installed_version: version,
    name: '',
    description: '',
    src: `${path}/script.js`,
    lang: `${path}/i18n/${world.options.language}.json`,
    path,
    images_path: `${path}/images`,
    settings: JSON.stringify(fields),
    status,
    oauth_client_uuid: uuid,
    support: { link: '', email: '' },
  };
}

function system({ crm }: World, me: CrmUser, area: string): unknown {
  const { subdomain, origin } = crm.account;
  return {
    area: AREAS[area] ?? area.split(':')[0],
    amouser: me.email,
    amouser_id: String(me.id),
    domain: new URL(origin).host,
    subdomain,
    server: origin,
    displayed_count: 1,
    displayed_count_by_area: { [area]: 1 },
  };
}
