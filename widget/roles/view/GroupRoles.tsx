/**
 * The role that the admin has set for newcomers of a group, proposed to people who are new in it: to those who came, and
 * to those who moved there. It is put into the draft, and granted by nobody but Save.
 */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../domain/employee.ts';
import { startsReceivingNewClients, type Role } from '../../domain/role.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words.tsx';
import { placeAt, withPlaces } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';
import { namesOf } from '../rules/names.ts';

type Proposal = { readonly employee: Employee; readonly role: Role };

export function GroupRoles({ model }: { model: RolesModel }): VNode {
  const moved = model.refresh.moved.value;
  const { withRole } = model;
  const rows = model.rows.value;
  const roleOf = rolesOfGroups(model);
  const newcomers = useMemo(
    () => rows.filter(({ employee, kind }) => kind === 'newcomer' && roleOf(employee) !== null),
    [rows],
  );
  const movers = useMemo(
    () => rows.filter(({ employee, kind }) => kind === 'known' && moved.has(employee.id)),
    [rows, moved],
  );
  return (
    <>
      <Proposals
        model={model}
        about="newcomers"
        proposals={newcomers.flatMap(({ employee }) =>
          withRole.value.has(employee.id) ? [] : proposalFor(model, employee, roleOf),
        )}
      />
      <Proposals
        model={model}
        about="moved"
        proposals={movers.flatMap(({ employee }) => proposalFor(model, employee, roleOf))}
      />
    </>
  );
}

function Proposals({
  model,
  about,
  proposals,
}: {
  model: RolesModel;
  about: 'newcomers' | 'moved';
  proposals: readonly Proposal[];
}): VNode | null {
  const t = useWords();
  if (proposals.length === 0) return null;
  const propose = (): void =>
    model.edit(draft =>
      withPlaces(
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
  const names = namesOf(
    proposals.map(({ employee }) => employee),
    t,
  );
  return (
    <Notice tone="info" action={<Button onPress={propose}>{t(`hint.propose.${about}`)}</Button>}>
      {t(`hint.${about}`, { count: proposals.length, names })}
    </Notice>
  );
}

/** Nothing, where the group has no such role or the person holds it already. */
function proposalFor(
  model: RolesModel,
  employee: Employee,
  roleOf: RolesModel['newcomerRole'],
): readonly Proposal[] {
  const role = roleOf(employee);
  if (role === null) return [];
  const holdsIt = model.channelIds.value.every(
    channelId => placeAt(model.draft.value, { channelId, employeeId: employee.id }).role === role,
  );
  return holdsIt ? [] : [{ employee, role }];
}

/** Asked once a group, however many are in it. */
function rolesOfGroups(model: RolesModel): RolesModel['newcomerRole'] {
  const known = new Map<string, Role | null>();
  return employee => {
    const { groupId } = employee;
    if (!known.has(groupId)) known.set(groupId, model.newcomerRole(employee));
    return known.get(groupId) ?? null;
  };
}
