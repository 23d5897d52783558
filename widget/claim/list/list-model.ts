/**
 * "I'm responsible" for clients that were picked from the CRM's list. Each of them is claimed as in their own card, by the same
 * protocol and at the same moment, so that the requests go out together (gathering.ts). Claims and what follows from
 * them outlive the dialog.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { onChannels } from '../../../domain/assignment.ts';
import type { Deal } from '../../../domain/deal.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import { ownershipOf, type Ownership } from '../../../domain/ownership.ts';
import type { Contact, HostPage } from '../../host/host.ts';
import { asFailure, type Failure } from '../../http/failure.ts';
import { begun } from '../attempt.ts';
import { acting, type Trouble } from '../model/acting.ts';
import { afterClaim, toldBy, usualMoves } from '../model/after-claim.ts';
import type { Settling } from '../race/press.ts';
import type { Desk } from '../model/desk.ts';
import { labelledPage } from '../model/labelled-page.ts';
import { moving } from '../follow-up/hand-over.ts';
import { gather } from '../race/gathering.ts';
import type { Letters } from '../follow-up/letters.ts';
import { settledOwner } from '../model/settled.ts';
import { tellTabs } from '../model/noticing.ts';
import { permissionOf, type Permission } from '../model/permission.ts';

/** As many as one request may name. */
export const MOST_PICKED = 50;

/** Before the press what I may do; then what the press has come to. */
export type RowState = Permission | Settling;

export type Row = {
  readonly contactId: string;
  /** `null`: deleted, or hidden from me. */
  readonly contact: Contact | null;
  /** As last read. */
  readonly ownerId: ReadonlySignal<string | null>;
  readonly state: ReadonlySignal<RowState>;
};

/** What a press does. */
export type ListPress = {
  /** Nobody is to be taken: the CRM is asked what became of an earlier press, and told nothing again. */
  readonly isLook: boolean;
  readonly count: number;
};

export type ListState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly rows: readonly Row[] }
  | { readonly kind: 'offline'; readonly rows: readonly Row[] }
  | { readonly kind: 'pressed'; readonly rows: readonly Row[]; readonly press: ListPress };

export type ListGiven = {
  readonly picked: readonly string[];
  readonly page: Pick<HostPage, 'me' | 'account' | 'employee'>;
  readonly desk: Desk;
  readonly letters: Letters;
};

export type ListModel = {
  readonly given: ListGiven;
  readonly state: ReadonlySignal<ListState>;
  readonly ownership: (ownerId: string | null) => Ownership;
  /** Why colleagues' clients are taken; without it those stay who need a reason. */
  readonly reason: Signal<string>;
  readonly read: () => Promise<void>;
  /** What a press would do now, or what the last one does for as long as that takes. `null`: there is nothing to do. */
  readonly next: ReadonlySignal<(ListPress & { readonly isBusy: boolean }) | null>;
  readonly press: () => void;
  /** What went wrong in a way that no row tells. */
  readonly trouble: ReadonlySignal<Trouble | null>;
};

type OpenRow = Row & { readonly ownerId: Signal<string | null>; readonly state: Signal<RowState> };

export function createListModel(plain: ListGiven): ListModel {
  const given = { ...plain, page: labelledPage(plain.page, plain.desk.nameOf) };
  const { page, desk, letters } = given;
  const { own } = desk;
  const me = page.me.id;
  const seenBy = {
    me,
    employee: page.employee,
    get standInOwners() {
      return own.value.standInOwners;
    },
  };
  const ownership = (ownerId: string | null): Ownership => ownershipOf(ownerId, seenBy);
  const state = signal<ListState>({ kind: 'reading' });
  const reason = signal('');
  const { trouble, act } = acting();
  let rows: readonly OpenRow[] = [];
  const deals = gather(async (asked: readonly (readonly string[])[]) => {
    const read = await desk.records.deals([...new Set(asked.flat())]);
    return (ids: readonly string[]): readonly Deal[] => read.filter(({ id }) => ids.includes(id));
  });

  const follow = (contact: Contact, formerOwnerId: string | null, why: string): void => {
    const { outbox } = desk.work;
    const contactId = contact.id;
    act(() => {
      const from = ownership(formerOwnerId);
      const told = toldBy(
        own.value.rules.claims,
        letters,
        from.kind === 'colleagues' ? from.owner : null,
        why,
      );
      outbox.add(afterClaim({ contactId, me, now: Date.now() }, [], told), contact);
      tellTabs(page.account.id, contactId);
    });
    act(async () => {
      const { dealIds } = contact;
      const rule = own.value.rules.claims.deals;
      const moves = await usualMoves({ dealIds, read: deals, rule, clientOwnerId: formerOwnerId, seenBy });
      outbox.add(moving(contactId, me, me, moves));
    }, 'deals');
  };
  const claim = (row: OpenRow): void => {
    const formerOwnerId = row.ownerId.value;
    const why = reason.value;
    const settling = desk.settlings.press({
      contactId: row.contactId,
      basedOn: formerOwnerId,
      fromColleague: ownership(formerOwnerId).kind === 'colleagues',
    });
    let isMine = false;
    // For as long as the page lives: whatever became mine has to be told to the chat service.
    settling.subscribe(now => {
      row.state.value = now;
      const settled = settledOwner(now, me);
      if (settled !== undefined) row.ownerId.value = settled;
      if (now.kind !== 'mine' || isMine) return;
      isMine = true;
      follow(now.contact, formerOwnerId, why);
    });
  };
  const isDue = ({ state, ownerId }: OpenRow): boolean => {
    const { kind } = state.value;
    if (kind === 'needs-reason') return reason.value.trim() !== '';
    if (kind === 'changed' || kind === 'taken') return ownership(ownerId.value).kind === 'free';
    return isOneOf(kind, ['allowed', 'failed', 'unknown']);
  };
  const next: ListModel['next'] = computed(() => {
    const now = state.value;
    if (!('rows' in now)) return null;
    const isUnderWay = rows.some(({ state }) => isOneOf(state.value.kind, ['writing', 'checking']));
    if (now.kind === 'pressed' && isUnderWay) return { ...now.press, isBusy: true };
    const due = rows.filter(isDue);
    const isLook = due.every(row => row.state.value.kind === 'unknown');
    return due.length > 0 ? { isLook, count: due.length, isBusy: false } : null;
  });
  return {
    given,
    state,
    ownership,
    reason,
    async read() {
      state.value = { kind: 'reading' };
      try {
        const [contacts, roles, channels] = await Promise.all([
          begun(() => desk.records.contacts(given.picked)),
          begun(async () => (desk.chat ? desk.chat.roles() : null)),
          begun(async () => desk.chat?.channels()),
        ]);
        const assignments =
          roles && onChannels(roles.assignments, channels?.items ?? [], channels?.notUnderstood === 0);
        rows = given.picked.map(contactId => {
          const contact = contacts.find(({ id }) => id === contactId) ?? null;
          const ownerId = contact?.ownerId ?? null;
          const may = permissionOf({
            rules: own.value.rules.claims,
            ownership: ownership(ownerId),
            me,
            assignments,
            clientChannelIds: [],
          });
          return {
            contactId,
            contact,
            ownerId: signal(ownerId),
            state: signal<RowState>(contact ? may : { kind: 'missing' }),
          };
        });
        state.value = { kind: 'ready', rows };
      } catch (thrown) {
        state.value = { kind: 'failed', failure: asFailure(thrown) };
      }
    },
    next,
    press() {
      const press = next.value;
      if (!press || press.isBusy) return;
      if (!navigator.onLine) {
        state.value = { kind: 'offline', rows };
        return;
      }
      const due = rows.filter(isDue);
      state.value = { kind: 'pressed', rows, press };
      for (const row of due) {
        // Of what may have been sent already the CRM is asked, not told again.
        const isLook = row.state.value.kind === 'unknown';
        act(() => (isLook ? desk.settlings.lookNow(row.contactId) : claim(row)));
      }
    },
    trouble,
  };
}
