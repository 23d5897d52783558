/**
 * The CRM's list of widgets as sent by the server: the mock's data about the installed widget, with the version and
 * locations of the archive that this sandbox serves, and the hostile widget if it is on.
 */
import * as v from 'valibot';
import { foreignEntry } from './foreign-widget.ts';
import { HOSTILE_CODE, hostileEntry } from './hostile-package.ts';
import type { InstalledPackage } from './installed-package.ts';
import type { SandboxState } from './sandbox-state.ts';

const listSchema = v.looseObject({ widgets: v.record(v.string(), v.looseObject({})) });

/** The area in a request for the list; empty for any other request. */
export async function areaOf(request: Request): Promise<string> {
  return new URLSearchParams(await request.clone().text()).get('area') ?? '';
}

export async function completedList(
  response: Response,
  area: string,
  state: SandboxState,
): Promise<Response> {
  const list = v.parse(listSchema, await response.json());
  const { foreign } = state;
  const { code } = state.world.crm.integration;
  const ours = list.widgets[code];
  const widgets = {
    ...(state.hostile && !area.startsWith('advanced-settings')
      ? { [HOSTILE_CODE]: hostileEntry(state.world.options.language) }
      : {}),
    ...(foreign && isListed(foreign.integration.code, foreign.package, area)
      ? {
          [foreign.integration.code]: {
            ...foreignEntry(state.world, foreign),
            ...fromArchive(foreign.package),
          },
        }
      : {}),
    ...(ours && isListed(code, state.package, area)
      ? { [code]: { ...ours, ...fromArchive(state.package) } }
      : {}),
  };
  return Response.json({ ...list, widgets }, { headers: { date: response.headers.get('date') ?? '' } });
}

/**
 * Every installed widget is on the integrations page, and one that lives on from page to page is on all of them. A page
 * of advanced settings otherwise has only its own widget.
 */
const isListed = (code: string, archive: InstalledPackage, area: string): boolean =>
  area === 'widgetsSettings' ||
  archive.initOnce ||
  (archive.showsIn(area) && (!area.includes(':') || area.endsWith(`:${code}`)));

/** `advanced_title` is specific to the sandbox: the integrations page shows a link with it. */
const fromArchive = ({ version, initOnce, advancedTitle }: InstalledPackage): Record<string, unknown> => ({
  installed_version: version,
  init_once: initOnce ? 'Y' : 'N',
  ...(advancedTitle !== undefined && { advanced_title: advancedTitle }),
});
