/**
 * The CRM's list of widgets, as it leaves the server: what the mock knows of the installed widget, with the
 * version and the places of the archive that this sandbox serves, and the hostile neighbour when he is on.
 */
import * as v from 'valibot';
import type { Language } from '../world/people.ts';
import { HOSTILE_CODE, hostileEntry } from './hostile-package.ts';
import type { SandboxState } from './sandbox-state.ts';

const listSchema = v.looseObject({ widgets: v.record(v.string(), v.looseObject({})) });

/** The area that a request for the list names; empty when it is no such request. */
export async function areaOf(request: Request): Promise<string> {
  return new URLSearchParams(await request.clone().text()).get('area') ?? '';
}

export async function completedList(
  response: Response,
  area: string,
  state: SandboxState,
): Promise<Response> {
  const list = v.parse(listSchema, await response.json());
  const code = state.world.crm.integration.code;
  const ours = list.widgets[code];
  const widgets = {
    ...(state.hostile ? { [HOSTILE_CODE]: hostileEntry(languageOf(state)) } : {}),
    ...(ours && state.package.showsIn(area)
      ? {
          [code]: {
            ...ours,
            installed_version: state.package.version,
            init_once: state.package.initOnce ? 'Y' : 'N',
          },
        }
      : {}),
  };
  return Response.json({ ...list, widgets }, { headers: { date: response.headers.get('date') ?? '' } });
}

const languageOf = ({ world }: SandboxState): Language => world.options.language;
