/** Records that the CRM reports as missing. */
import { expect, it } from 'vitest';
import type { CrmAnswer } from '../../../../../server/crm/api.ts';
import { pipedriveThrough } from '../../../../../server/crm/pipedrive/crm.ts';
import { CrmUnavailable } from '../../../../../server/crm/unanswered.ts';
import { answered, at, forever, refused, scripted, userRow } from './scripted.ts';

const clientsOf = (answers: Readonly<Record<string, CrmAnswer>> = {}) =>
  pipedriveThrough(scripted(at(answers)).api).clients('1', forever);

it('a missing client counts as gone only when an administrator asks, from whom no record is hidden', async () => {
  expect([await clientsOf().contact('77'), await clientsOf().deal('9')]).toEqual([null, null]);
  for (const me of [answered(userRow(1)), refused(403)]) {
    const clients = clientsOf({ 'v1/users/me': me });
    await expect(clients.contact('77')).rejects.toThrow(CrmUnavailable);
    await expect(clients.deal('9')).rejects.toThrow(CrmUnavailable);
  }
});
