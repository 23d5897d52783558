/**
 * Roles on channels that no longer exist. A channel that is added again gets a new id, so its roles stay on the old id,
 * where they have no effect. They are written back unchanged until an admin copies or removes them.
 */
import type { GoneChannel } from '../../../../domain/assignment.ts';
import { choiceAt, withChoices, type Draft } from './draft.ts';

/** People who already have a role on the other channel keep it, because it was given later. */
export const withRolesFrom = (draft: Draft, { channelId, employeeIds }: GoneChannel, to: string): Draft =>
  withChoices(
    draft,
    employeeIds
      .filter(employeeId => choiceAt(draft, { channelId: to, employeeId }).role === null)
      .map(employeeId => {
        const { role, receivesNewClients } = choiceAt(draft, { channelId, employeeId });
        return { channelId: to, employeeId, role, receivesNewClients };
      }),
  );

export const withoutRolesOn = (draft: Draft, { channelId, employeeIds }: GoneChannel): Draft =>
  withChoices(
    draft,
    employeeIds.map(employeeId => ({ channelId, employeeId, role: null, receivesNewClients: false })),
  );
