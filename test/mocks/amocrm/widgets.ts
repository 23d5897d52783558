/**
 * The widget list that the page loads before it runs anything, and the saving of a widget's own settings.
 *
 * The list's form and fields were read in the CRM's own front end. How native Install, Save and Disable talk
 * to the server is documented nowhere: POST /ajax/widgets/<code> with form fields `action` (install, save,
 * disable) and `fields` (JSON) is this stage's own way.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { CrmUser } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { problem } from './problem.ts';
import { forAdmins, type SignedIn } from './session.ts';

/** `getWidgetsArea()` of the page, and what `system().area` calls it. */
const AREAS: Readonly<Record<string, string>> = {
  contacts_card: 'ccard',
  leads_card: 'lcard',
  companies_card: 'comcard',
  contacts: 'clist',
  leads: 'llist',
  widgetsSettings: 'settings',
};

const saving = v.object({
  action: v.picklist(['install', 'save', 'disable']),
  fields: v.optional(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string())), '{}'),
});

export const widgetRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.post(
    '*/ajax/widgets/list',
    signedIn(async ({ me, request }) => {
      const area = (await formOf(request)).get('area') ?? '';
      return Response.json({
        widgets: { [world.crm.integration.code]: entryOf(world) },
        system: system(world, me, area),
      });
    }),
  ),
  http.post(
    '*/ajax/widgets/:code',
    forAdmins(signedIn)(async ({ params, request }) => {
      const { integration } = world.crm;
      if (params['code'] !== integration.code) return problem(404, 'Widget not found');
      const { success, output } = v.safeParse(saving, Object.fromEntries(await formOf(request)));
      if (!success) return problem(400, 'Request validation failed');
      integration.status = output.action === 'disable' ? 'install' : 'installed';
      integration.active = output.action !== 'disable';
      integration.fields = { ...integration.fields, ...output.fields };
      world.changed();
      return Response.json({ widget: entryOf(world) });
    }),
  ),
];

const formOf = async (request: Request): Promise<URLSearchParams> =>
  new URLSearchParams(await request.text());

/** The account's integration as the list names it. */
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
