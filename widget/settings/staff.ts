/** The employees of the CRM, fetched and sorted while the panel loads, so that the dialog opens on them at once. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { inOrder } from '../domain/employee.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure } from '../http/failure.ts';
import type { Staff } from '../roles/model.ts';

export type StaffModel = {
  readonly staff: ReadonlySignal<Staff>;
  readonly load: () => Promise<void>;
};

export function createStaff(records: HostRecords, locale: string, signal_: AbortSignal): StaffModel {
  const staff = signal<Staff>({ kind: 'loading', loaded: 0 });
  return {
    staff,
    async load() {
      staff.value = { kind: 'loading', loaded: 0 };
      try {
        const employees = await records.employees({
          signal: signal_,
          onProgress: loaded => {
            staff.value = { kind: 'loading', loaded };
          },
        });
        staff.value = { kind: 'ready', employees: inOrder(employees, locale) };
      } catch (thrown) {
        staff.value = { kind: 'failed', failure: asFailure(thrown) };
      }
    },
  };
}
