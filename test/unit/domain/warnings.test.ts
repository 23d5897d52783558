import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { warningsOn } from '../../../domain/warnings.ts';
import { employee } from '../people.ts';

const sales: Channel = { id: 'sales', name: 'Sales', messenger: 'whatsapp', state: 'active' };
const anna = employee({ id: '1' });
const boris = employee({ id: '2' });
const seller = (person: Employee, receivesNewClients = true): Assignment => ({
  channelId: sales.id,
  employeeId: person.id,
  role: 'seller',
  receivesNewClients,
});
const supervisor = (person: Employee): Assignment => ({ ...seller(person, false), role: 'supervisor' });
const auditor = (person: Employee): Assignment => ({ ...seller(person, false), role: 'auditor' });

const kindsOn = (
  assignments: readonly Assignment[],
  employees: readonly Employee[] = [anna, boris],
): string[] => warningsOn(assignments, { channels: [sales], employees }).map(({ kind }) => kind);

describe('the warnings', () => {
  it('are none when a sales rep receives new clients and there is a supervisor, even if others have no role', () => {
    expect(kindsOn([seller(anna), supervisor(boris)], [anna, boris, employee({ id: '3' })])).toEqual([]);
  });

  it.each<[string, readonly Assignment[], string]>([
    ['nobody may answer', [auditor(anna), auditor(boris)], 'nobody-answers'],
    ['nobody receives new clients', [seller(anna, false), supervisor(boris)], 'nobody-receives'],
    ['there is no supervisor', [seller(anna), seller(boris)], 'no-supervisor'],
  ])('say of a channel that %s', (_, assignments, kind) => {
    expect(kindsOn(assignments)).toEqual([kind]);
  });

  it('do not count a deactivated person as a supervisor, and name their role', () => {
    const left = employee({ id: '2', active: false });
    expect(kindsOn([seller(anna), supervisor(left)], [anna, left])).toEqual([
      'no-supervisor',
      'deactivated-with-role',
    ]);
  });

  it.each(['own', 'none'] as const)(
    'name a seller whose CRM right to edit contacts is "%s"',
    editsContacts => {
      const bound = employee({ id: '1', editsContacts });
      expect(kindsOn([seller(bound), supervisor(boris)], [bound, boris])).toEqual(['cannot-claim']);
    },
  );

  it.each(['all', 'group', 'unknown'] as const)('do not name a seller whose right is "%s"', editsContacts => {
    const seller1 = employee({ id: '1', editsContacts });
    expect(kindsOn([seller(seller1), supervisor(boris)], [seller1, boris])).toEqual([]);
  });

  it('name free users with a role, because the CRM shows them no widgets', () => {
    const free = employee({ id: '2', free: true });
    expect(kindsOn([seller(anna), supervisor(free)], [anna, free])).toEqual(['sees-no-widgets']);
  });
});
