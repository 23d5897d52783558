/**
 * Reads contacts and deals as one of the CRM's employees, with an administrator's grant. With `X-Context-User-ID` the CRM
 * answers as that employee. It is not documented that it enforces their rights then, so the rights are read and checked too.
 */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { CrmAnswer, Question } from '../api.ts';
import type { CrmRecords } from '../records.ts';
import { CLOSED } from './clients.ts';
import { id } from './ids.ts';

const PATIENCE_MILLISECONDS = 8_000;
const LEADS = { list: 'leads', more: '?with=contacts' } as const;
const CONTACTS = { list: 'contacts', more: '' } as const;

const record = v.object({
  responsible_user_id: id,
  status_id: v.optional(id, ''),
  _embedded: v.optional(v.object({ contacts: v.optional(v.array(v.object({ id })), []) }), {}),
});
/** All, those of their group, their own, denied. */
const sight = v.object({ view: v.picklist(['A', 'G', 'M', 'D']) });
const user = v.object({
  rights: v.object({
    contacts: sight,
    leads: sight,
    is_active: v.boolean(),
    is_admin: v.boolean(),
    group_id: v.nullish(id),
  }),
});
type Rights = v.InferOutput<typeof user>['rights'];

/** `read` asks the CRM of one account. */
export function recordsThrough(
  read: (question: Question, patience: AbortSignal) => Promise<CrmAnswer>,
): CrmRecords {
  /** Null where the CRM has nothing, or nothing that this person may see. */
  async function found<S extends v.GenericSchema>(
    path: string,
    schema: S,
    as?: string,
  ): Promise<v.InferOutput<S> | null> {
    const patience = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const answer = await read({ path, as }, patience).catch(() => ({ kind: 'later' as const }));
    if (answer.kind === 'needs-reauth') throw new Refused('CRM_NEEDS_REAUTH');
    if (answer.kind === 'refused' && (answer.status === 404 || answer.status === 403)) return null;
    if (answer.kind !== 'answered') throw new Refused('CRM_UNREACHABLE');
    if (answer.json === null) return null;
    const { success, output } = v.safeParse(schema, answer.json);
    if (!success) throw new Refused('CRM_UNREACHABLE');
    return output;
  }
  const rightsOf = async (employeeId: string): Promise<Rights | null> =>
    (await found(`users/${encodeURIComponent(employeeId)}`, user))?.rights ?? null;

  return {
    async seenBy(employeeId, kind, recordId) {
      const { list, more } = kind === 'deals' ? LEADS : CONTACTS;
      const [rights, seen] = await Promise.all([
        rightsOf(employeeId),
        found(`${list}/${encodeURIComponent(recordId)}${more}`, record, employeeId),
      ]);
      if (!seen || !rights?.is_active) return null;
      const responsibleId = seen.responsible_user_id;
      const inSight = async (): Promise<boolean> => {
        if (rights.is_admin || responsibleId === employeeId) return true;
        if (rights[list].view !== 'G') return rights[list].view === 'A';
        return (await rightsOf(responsibleId))?.group_id === rights.group_id;
      };
      if (!(await inSight())) return null;
      const contactIds = (seen._embedded.contacts ?? []).map(one => one.id);
      return { responsibleId, contactIds, isOpen: !CLOSED.has(seen.status_id) };
    },
  };
}
