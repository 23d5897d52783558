/**
 * Translates roles between the partner API (v2) and the form of the older API, which the rest of this program uses.
 *
 * The body is not documented. It is inferred from the style of v2: the same fields in snake case, in `data`. If the service
 * uses another form, only this file changes; until then roles in an unknown form are neither shown nor written.
 */
import * as v from 'valibot';
import { boundedJson } from '../../../http/body.ts';

const FIELD_OF = {
  user_roles: 'userRoles',
  push_input_output_message_events_for_managers: 'pushInputOutputMessageEventsForManagers',
} as const satisfies Readonly<Record<string, string>>;
const ROW_FIELD_OF = {
  channel_id: 'channelId',
  user_id: 'userId',
  allow_get_new_clients: 'allowGetNewClients',
} as const satisfies Readonly<Record<string, string>>;

type Names = ReadonlyMap<string, string>;
const names = (fields: Readonly<Record<string, string>>): Names => new Map(Object.entries(fields));
const inverted = (fields: Names): Names => new Map([...fields].map(([one, other]) => [other, one]));
const READ = { fields: names(FIELD_OF), row: names(ROW_FIELD_OF), list: 'user_roles' };
const WRITTEN = { fields: inverted(READ.fields), row: inverted(READ.row), list: 'userRoles' };

const record = v.record(v.string(), v.unknown());
/** An answer without the list is not a settings answer. */
const answered = v.pipe(
  boundedJson,
  v.object({ data: v.intersect([record, v.object({ user_roles: v.array(record) })]) }),
);
const written = v.pipe(v.string(), v.parseJson(), record);

/** Unknown fields keep their names in both directions, so they are sent back as they came. */
const renamed = (value: unknown, fields: Names): unknown => {
  const { success, output } = v.safeParse(record, value);
  if (!success || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(output).map(([name, one]) => [fields.get(name) ?? name, one]));
};
function translated(value: Readonly<Record<string, unknown>>, { fields, row, list }: typeof READ): unknown {
  const rows: unknown = value[list];
  return renamed(
    { ...value, ...(Array.isArray(rows) && { [list]: rows.map(one => renamed(one, row)) }) },
    fields,
  );
}

/** In the form of the older API; null for an answer in an unknown form. */
export function settingsFromPartner(text: string): unknown {
  const { success, output } = v.safeParse(answered, text);
  return success ? translated(output.data, READ) : null;
}

/** Converts from the form of the older API. */
export const settingsForPartner = (text: string): unknown => translated(v.parse(written, text), WRITTEN);
