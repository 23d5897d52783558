/**
 * The employees of the CRM, loaded and sorted while the panel loads, so that the dialog opens immediately, with those
 * who have arrived by then.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { activeFirst, directoryOf, withMore, type Directory } from '../../../domain/directory.ts';
import { employeeLabels } from '../../../domain/namesakes.ts';
import type { Employee } from '../../../domain/employee.ts';
import type { HostRecords } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import type { Listed } from '../../http/listed.ts';
import type { Staff } from '../roles/model/model.ts';
import { settle } from '../../work/settle.ts';

export type StaffModel = {
  readonly staff: ReadonlySignal<Staff>;
  readonly load: () => Promise<void>;
  /**
   * Reads the employees again, shows them when all have arrived and returns their number. Throws a `Failure` and keeps
   * the shown ones. A list that lacks the current user is incomplete and counts as a failure, so that its gaps do not
   * mean that people were dismissed.
   */
  readonly renew: (me: string, onProgress: (loaded: number) => void) => Promise<number>;
};

export function createStaff(records: HostRecords, locale: string, signal_: AbortSignal): StaffModel {
  const nobody = { kind: 'loading', of: null, directory: [], labels: new Map() } as const;
  const staff = signal<Staff>(nobody);
  const sorted = (read: Listed<Employee>): Extract<Staff, { kind: 'ready' }> => {
    const directory = directoryOf(read.items, locale);
    const employees = activeFirst(directory);
    const { notUnderstood } = read;
    return { kind: 'ready', employees, directory, labels: employeeLabels(employees), notUnderstood };
  };
  return {
    staff,
    load: () =>
      settle<Staff>(
        staff,
        async show => {
          let directory: Directory = [];
          const soFar: Employee[] = [];
          show(nobody);
          const employees = await records.employees({
            signal: signal_,
            onProgress({ of, more }) {
              directory = withMore(directory, more, locale);
              soFar.push(...more);
              show({ kind: 'loading', of, directory, labels: employeeLabels(soFar) });
            },
          });
          return sorted(employees);
        },
        // A refresh may have loaded them in the meantime.
        failure => (staff.value.kind === 'ready' ? null : { kind: 'failed', failure }),
        { service: 'crm' },
      ),
    async renew(me, onProgress) {
      const read = await records.employees({
        signal: signal_,
        onProgress: ({ loaded }) => onProgress(loaded),
      });
      if (!read.items.some(({ id }) => id === me)) throw new Failure('unreadable', 'crm');
      staff.value = sorted(read);
      return read.items.length;
    },
  };
}
