/** The employees of the CRM, fetched and sorted while the panel loads, so that the dialog opens on them at once, or on those who are there. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { activeFirst, directoryOf, withMore, type Directory } from '../domain/directory.ts';
import type { Employee } from '../domain/employee.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure } from '../http/failure.ts';
import type { Staff } from '../roles/model/model.ts';

export type StaffModel = {
  readonly staff: ReadonlySignal<Staff>;
  readonly load: () => Promise<void>;
  /** Reads the people anew and shows them when they are all here; throws a `Failure` and leaves those shown as they are. */
  readonly renew: (onProgress: (loaded: number) => void) => Promise<readonly Employee[]>;
};

export function createStaff(records: HostRecords, locale: string, signal_: AbortSignal): StaffModel {
  const nobody: Staff = { kind: 'loading', of: null, directory: [] };
  const staff = signal<Staff>(nobody);
  const show = (unsorted: readonly Employee[]): readonly Employee[] => {
    const directory = directoryOf(unsorted, locale);
    const employees = activeFirst(directory);
    staff.value = { kind: 'ready', employees, directory };
    return employees;
  };
  return {
    staff,
    async load() {
      staff.value = nobody;
      let directory: Directory = [];
      try {
        const employees = await records.employees({
          signal: signal_,
          onProgress({ of, more }) {
            directory = withMore(directory, more, locale);
            staff.value = { kind: 'loading', of, directory };
          },
        });
        show(employees);
      } catch (thrown) {
        staff.value = { kind: 'failed', failure: asFailure(thrown) };
      }
    },
    async renew(onProgress) {
      return show(
        await records.employees({ signal: signal_, onProgress: ({ loaded }) => onProgress(loaded) }),
      );
    },
  };
}
