/** The history in the panel: pages of changes by everyone or by one person, and the way to restore earlier roles. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { HistoryChange, HistoryServer } from '../../account/account.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { RoleList } from '../../chat/chat.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Failure } from '../../http/failure.ts';
import type { VNode } from 'preact';
import { earlierRoles } from './earlier.ts';
import type { Change } from '../roles/rules/draft.ts';
import type { Staff } from '../roles/model/model.ts';
import { settle } from '../../work/settle.ts';

export type Reading =
  | { readonly kind: 'reading' }
  /** What was read before stays on the screen. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'read' };

export type Returning =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly changeId: string }
  | { readonly kind: 'failed'; readonly changeId: string; readonly failure: Failure };

export type HistoryModel = {
  readonly changes: ReadonlySignal<readonly HistoryChange[]>;
  readonly reading: ReadonlySignal<Reading>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** The person whose changes are shown; empty for everyone. */
  readonly employeeId: ReadonlySignal<string>;
  readonly choose: (employeeId: string) => void;
  readonly readOn: () => Promise<void>;
  readonly returning: ReadonlySignal<Returning>;
  /** Opens the roles as they were before the given change, as a draft. */
  readonly bringBack: (
    change: HistoryChange,
    noteOf: (lost: readonly Assignment[]) => VNode,
  ) => Promise<void>;
};

export type HistoryGiven = {
  readonly server: HistoryServer;
  readonly staff: ReadonlySignal<Staff>;
  readonly channels: () => readonly Channel[];
  /** Reads the current roles. */
  readonly roles: () => Promise<RoleList>;
  /** Opens the roles dialog with these edits over the list read last. */
  readonly onEarlier: (changes: readonly Change[], note: () => VNode) => Promise<void>;
};

export type HistoryOptions = Omit<HistoryGiven, 'server'> & {
  readonly locale: string;
  /** Whether unsaved edits of roles are stored on this computer, which restored roles would replace. */
  readonly isDraftWaiting: ReadonlySignal<boolean>;
};

export function createHistory({ server, staff, channels, roles, onEarlier }: HistoryGiven): HistoryModel {
  const changes = signal<readonly HistoryChange[]>([]);
  const reading = signal<Reading>({ kind: 'reading' });
  const hasMore = signal(false);
  const employeeId = signal('');
  const returning = signal<Returning>({ kind: 'idle' });
  let next: string | null = null;
  let asking = new AbortController();
  const readOn = async (): Promise<void> => {
    const { signal: left } = asking;
    await settle<Reading>(
      reading,
      async show => {
        show({ kind: 'reading' });
        const page = await server.history(next, employeeId.value, left);
        if (left.aborted) return null;
        next = page.next;
        hasMore.value = next !== null;
        changes.value = [...changes.value, ...page.changes];
        return { kind: 'read' };
      },
      failure => (left.aborted ? null : { kind: 'failed', failure }),
    );
  };
  return {
    changes,
    reading,
    hasMore,
    employeeId,
    choose(id) {
      asking.abort();
      asking = new AbortController();
      next = null;
      employeeId.value = id;
      changes.value = [];
      hasMore.value = false;
      void readOn();
    },
    readOn,
    returning,
    bringBack: ({ id: changeId }, noteOf) =>
      settle<Returning>(
        returning,
        async show => {
          show({ kind: 'reading', changeId });
          const [before, { assignments }] = await Promise.all([server.rolesBefore(changeId), roles()]);
          const employees = staff.value.kind === 'ready' ? staff.value.employees : [];
          const { changes, lost } = earlierRoles(before, {
            assignments,
            channelIds: new Set(channels().map(({ id }) => id)),
            employeeIds: new Set(employees.map(({ id }) => id)),
          });
          await onEarlier(changes, () => noteOf(lost));
          return { kind: 'idle' };
        },
        failure => ({ kind: 'failed', changeId, failure }),
      ),
  };
}
