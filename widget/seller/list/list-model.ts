/**
 * "I'm responsible" for clients that were picked from the CRM's list. They are claimed together, by the same protocol as in
 * their cards. Claims outlive the dialog, and the server does what follows.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { onChannels } from '../../../domain/assignment.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import { ownershipOf, type Ownership } from '../../../domain/ownership.ts';
import type { Contact, HostPage } from '../../host/host.ts';
import { asFailure, type Failure } from '../../http/failure.ts';
import { begun } from '../../work/attempt.ts';
import { isBusy, type ClaimState } from '../claim/press.ts';
import type { Letters } from '../colleagues/letters.ts';
import { acting, type Trouble } from '../card/model/acting.ts';
import { planOfClaim } from '../card/model/after-claim.ts';
import type { ClaimServices } from '../card/model/claim-services.ts';
import { labelledPage } from '../card/model/labelled-page.ts';
import { ownerAfter } from '../card/model/owner-after.ts';
import { announceToTabs } from '../card/model/noticing.ts';
import { permissionOf, type Permission } from '../card/model/permission.ts';

/** The most clients in one request. */
export const MOST_PICKED = 50;

/** Before the press: what I may do. After it: the state of the press. */
export type RowState = Permission | ClaimState;

export type Row = {
  readonly contactId: string;
  /** `null`: deleted, or hidden from me. */
  readonly contact: Contact | null;
  /** As last read. */
  readonly ownerId: ReadonlySignal<string | null>;
  readonly state: ReadonlySignal<RowState>;
};

/** What the button does. */
export type ListPress = {
  /** Only checks what became of an earlier press, and writes nothing. */
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
  readonly services: ClaimServices;
  readonly letters: Letters;
};

export type ListModel = {
  readonly given: ListGiven;
  readonly state: ReadonlySignal<ListState>;
  readonly ownership: (ownerId: string | null) => Ownership;
  /** Why colleagues' clients are taken. Without it, clients that need a reason are skipped. */
  readonly reason: Signal<string>;
  readonly read: () => Promise<void>;
  /** What the button would do now, or is doing while it `isBusy`. `null`: there is nothing to do. */
  readonly next: ReadonlySignal<(ListPress & { readonly isBusy: boolean }) | null>;
  readonly press: () => void;
  /** A failure that no row shows. */
  readonly trouble: ReadonlySignal<Trouble | null>;
};

type OpenRow = Row & { readonly ownerId: Signal<string | null>; readonly state: Signal<RowState> };

export function createListModel(plain: ListGiven): ListModel {
  const given = { ...plain, page: labelledPage(plain.page, plain.services.nameOf) };
  const { page, services, letters } = given;
  const { own } = services;
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

  /** Claims all rows together, with one request for each step. */
  const claim = (due: readonly OpenRow[]): void => {
    const presses = due.map(row => {
      const base = row.ownerId.value;
      const from = ownership(base);
      const former = from.kind === 'colleagues' ? from.owner : null;
      const about = { deals: null, former, reason: reason.value };
      return { contactId: row.contactId, base, plan: planOfClaim(own.value.rules.claims, letters, about) };
    });
    services.claiming.press(me, presses).forEach((running, at) => {
      const row = due[at];
      // Never unsubscribed: after the dialog closes, other tabs still have to learn which clients became mine.
      running.state.subscribe(now => {
        if (!row) return;
        row.state.value = now;
        const owner = ownerAfter(now);
        if (owner !== undefined) row.ownerId.value = owner;
        if (now.kind === 'mine') act(() => announceToTabs(page.account.id, row.contactId));
      });
    });
  };
  const isDue = ({ state, ownerId }: OpenRow): boolean => {
    const { kind } = state.value;
    if (kind === 'needs-reason') return reason.value.trim() !== '';
    if (isOneOf(kind, ['changed', 'withdrawn'])) return ownership(ownerId.value).kind === 'free';
    return isOneOf(kind, ['allowed', 'failed', 'held', 'unknown']);
  };
  const next: ListModel['next'] = computed(() => {
    const now = state.value;
    if (!('rows' in now)) return null;
    const isUnderWay = rows.some(({ state: { value } }) => isBusy(value));
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
          begun(() => services.records.contacts(given.picked)),
          begun(async () => (services.chat ? services.chat.roles() : null)),
          begun(async () => services.chat?.channels()),
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
      // A row that may have been written already is checked, not written again.
      const isSent = (row: OpenRow): boolean => row.state.value.kind === 'unknown';
      const fresh = due.filter(row => !isSent(row));
      act(() => services.claiming.lookNow(due.filter(isSent).map(({ contactId }) => contactId)));
      if (fresh.length > 0) act(() => claim(fresh));
    },
    trouble,
  };
}
