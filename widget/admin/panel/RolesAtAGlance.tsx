/** How many people have each role on an existing channel. */
import type { VNode } from 'preact';
import type { Assignment } from '../../../domain/assignment.ts';
import { ROLES } from '../../../domain/role.ts';
import { RoleIcon } from '../roles/view/RoleIcon.tsx';
import { useWords } from '../../words/words.tsx';

export function RolesAtAGlance({ assignments }: { assignments: readonly Assignment[] }): VNode {
  const t = useWords();
  const people = new Set(assignments.map(assignment => assignment.employeeId));
  const counts = ROLES.map(role => ({
    role,
    count: new Set(assignments.flatMap(one => (one.role === role ? one.employeeId : []))).size,
  }));
  return (
    <>
      <h3>{t('panel.roles')}</h3>
      {people.size === 0 ? (
        <p>{t('panel.noRoles')}</p>
      ) : (
        <p class="counts">
          {t('panel.withRoles', { count: people.size })}
          {counts
            .filter(({ count }) => count > 0)
            .map(({ role, count }) => (
              <span key={role}>
                <RoleIcon role={role} />
                {t('panel.counts', { role: t(`role.${role}`), count })}
              </span>
            ))}
        </p>
      )}
    </>
  );
}
