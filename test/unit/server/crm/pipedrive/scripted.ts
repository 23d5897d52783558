/** A CRM that answers each question from a script, and records the questions. */
import type { CrmAnswer, CrmApi, Question } from '../../../../../server/crm/api.ts';

export const answered = (data: unknown, next_cursor: string | null = null): CrmAnswer => ({
  kind: 'answered',
  json: { success: true, data, additional_data: { next_cursor } },
});
export const refused = (status: number, lacksRights = status === 403): CrmAnswer => ({
  kind: 'refused',
  status,
  lacksRights,
});

export type Script = (question: Question) => CrmAnswer | undefined;

const ADMINISTRATOR = { app: 'global', admin: true };

/** Answers 404 to questions that the script does not know. The user is an administrator. */
export function scripted(script: Script): { readonly api: CrmApi; readonly asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    api: {
      async ask(_accountId, given) {
        const question: Question = typeof given === 'string' ? { path: given } : given;
        asked.push(question);
        const isMe = question.path === 'v1/users/me';
        return script(question) ?? (isMe ? answered(userRow(1, { access: [ADMINISTRATOR] })) : refused(404));
      },
    },
  };
}

/** Answers by the path without its query. */
export const at =
  (answers: Readonly<Record<string, CrmAnswer>>): Script =>
  ({ path }) =>
    answers[path.split('?')[0] ?? ''];

export const forever = new AbortController().signal;

export const userRow = (id: number, more: object = {}) => ({
  id,
  name: `User ${id}`,
  active_flag: true,
  is_deleted: false,
  access: [{ app: 'sales', admin: false, permission_set_id: 'set' }],
  ...more,
});
export const personRow = (id: number, owner_id: number, more: object = {}) => ({
  id,
  name: 'Anna',
  owner_id,
  phones: [{ value: '+7 999 111-22-33', primary: true, label: 'work' }],
  emails: [],
  is_deleted: false,
  visible_to: 3,
  update_time: '2026-01-05T12:00:00Z',
  ...more,
});
export const dealRow = (id: number, owner_id: number, more: object = {}) => ({
  id,
  title: 'Doors',
  owner_id,
  person_id: 77,
  pipeline_id: 1,
  stage_id: 2,
  status: 'open',
  is_archived: false,
  is_deleted: false,
  ...more,
});
