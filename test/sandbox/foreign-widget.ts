/**
 * A foreign amoCRM or Kommo widget, installed next to ours. For the CRM it is another integration: the same routes
 * serve it, with its own state, secret and id.
 */
import type { RequestHandler } from 'msw';
import { crmHandlers, type WhoAsks } from '../mocks/amocrm/handlers.ts';
import { entryOf } from '../mocks/amocrm/widgets.ts';
import { newIntegration, type Integration } from '../world/integration.ts';
import type { World } from '../world/world.ts';
import { openPackage, type InstalledPackage } from './installed-package.ts';

export type ForeignWidget = {
  readonly integration: Integration;
  readonly package: InstalledPackage;
};

/** The locations that the sandbox has pages for. */
const KNOWN_LOCATIONS: ReadonlySet<string> = new Set([
  'settings',
  'advanced_settings',
  'ccard',
  'clist',
  'lcard',
  'llist',
  'everywhere',
]);

export type Archive = { readonly name: string; readonly zip: Uint8Array };

/** Installed and switched on, with nothing saved. The code inside the archive takes precedence over the file's name. */
export function installForeign({ name, zip }: Archive, audience: string): ForeignWidget {
  const opened = openPackage(zip, 1);
  const plain = name
    .replace(/\.zip$/i, '')
    .toLowerCase()
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '');
  const ours = newIntegration(audience);
  const code = opened.code ?? (plain || 'foreign_widget');
  return {
    package: opened,
    integration: {
      ...ours,
      code: code === ours.code ? `${code}_other` : code,
      id: 7_770,
      uuid: '0d0123f4-d123-4123-9123-e09f12345777',
      secret: 'the secret of the other integration',
      version: opened.version,
      status: 'installed',
      active: true,
    },
  };
}

/** Locations in its manifest that the sandbox does not have. */
export const placesLacking = ({ package: { locations } }: ForeignWidget): string[] =>
  locations.filter(one => !KNOWN_LOCATIONS.has(one)).map(one => `location ${one}`);

/** The same world with that integration as the subject of requests. */
function worldOf(world: World, { integration }: ForeignWidget): World {
  return Object.create(world, {
    crm: { get: () => Object.create(world.crm, { integration: { value: integration } }) },
  });
}

export const foreignHandlers = (world: World, foreign: ForeignWidget, whoAsks: WhoAsks): RequestHandler[] =>
  crmHandlers(worldOf(world, foreign), whoAsks);

/** Whether a request concerns that integration. */
export const isAbout = ({ integration }: ForeignWidget, pathname: string): boolean =>
  pathname === `/ajax/widgets/${integration.code}` || pathname.includes(`/integrations/${integration.uuid}/`);

/** Its entry in the CRM's list of widgets. If the archive lacks this language, texts come in one that it has. */
export function foreignEntry(world: World, foreign: ForeignWidget): Record<string, unknown> {
  const { language } = world.options;
  const entry = entryOf(worldOf(world, foreign));
  const path = `/upl/${foreign.integration.code}/widget`;
  const spoken = [language, 'en', 'ru', 'es', 'pt'].find(one => foreign.package.file(`i18n/${one}.json`));
  return { ...Object(entry), lang: `${path}/i18n/${spoken ?? language}.json`, cdn_path: path };
}
