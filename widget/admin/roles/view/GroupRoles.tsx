/**
 * The role that the admin chose for newcomers of a group, proposed for those who have arrived. It goes into the draft
 * and takes effect only on Save.
 */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../../../domain/employee.ts';
import { startsReceivingNewClients, type Role } from '../../../../domain/role.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { choiceAt, withChoices } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';

type Proposal = { readonly employee: Employee; readonly role: Role };

export function GroupRoles({ model }: { model: RolesModel }): VNode {
  const { peopleWithRole } = model;
  const rows = model.rows.value;
  const roleOf = model.newcomerRole;
  const newcomers = useMemo(
    () => rows.filter(({ employee, kind }) => kind === 'newcomer' && roleOf(employee) !== null),
    [rows],
  );
  return (
    <Proposals
      model={model}
      proposals={newcomers.flatMap(({ employee }) =>
        peopleWithRole.value.has(employee.id) ? [] : proposalFor(model, employee, roleOf),
      )}
    />
  );
}

function Proposals({
  model,
  proposals,
}: {
  model: RolesModel;
  proposals: readonly Proposal[];
}): VNode | null {
  const t = useWords();
  const { people } = useNames();
  if (proposals.length === 0) return null;
  const propose = (): void =>
    model.edit(draft =>
      withChoices(
        draft,
        proposals.flatMap(({ employee, role }) =>
          model.channelIds.value.map(channelId => ({
            channelId,
            employeeId: employee.id,
            role,
            receivesNewClients: startsReceivingNewClients(role),
          })),
        ),
      ),
    );
  const names = people(proposals.map(({ employee }) => employee));
  return (
    <Notice tone="info" action={<Button onPress={propose}>{t('hint.propose.newcomers')}</Button>}>
      {t('hint.newcomers', { count: proposals.length, names })}
    </Notice>
  );
}

/** `null` if the group has no such role or the person already has it. */
function proposalFor(
  model: RolesModel,
  employee: Employee,
  roleOf: RolesModel['newcomerRole'],
): readonly Proposal[] {
  const role = roleOf(employee);
  if (role === null) return [];
  const holdsIt = model.channelIds.value.every(
    channelId => choiceAt(model.draft.value, { channelId, employeeId: employee.id }).role === role,
  );
  return holdsIt ? [] : [{ employee, role }];
}
