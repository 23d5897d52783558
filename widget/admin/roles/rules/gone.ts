/**
 * Roles on channels that are gone. A channel that is added again has a new id, so its roles stay behind on the former
 * one, where they apply to nothing. They are written back as they are until somebody copies or removes them.
 */
import type { GoneChannel } from '../../../../domain/assignment.ts';
import { choiceAt, withChoices, type Draft } from './draft.ts';

/** People who have a role on the other channel already keep it: it was given later. */
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
