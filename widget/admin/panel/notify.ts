/**
 * "Notify supervisors of all messages". The chat service keeps the switch in one list with the roles, so turning it
 * writes the same roles again, against the version that they were read with.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../../chat/chat.ts';
import { asFailure, Failure } from '../../http/failure.ts';
import { writeList } from '../roles/model/write.ts';
import { settle } from '../../work/settle.ts';

export type Notifying =
  | { readonly kind: 'idle' }
  /** `isLooking`: no answer came, and the list is read until it tells. */
  | { readonly kind: 'saving'; readonly on: boolean; readonly isLooking: boolean }
  /** It stands in the chat service as wanted. */
  | { readonly kind: 'saved' }
  /** Somebody saved since we read. Nothing of ours was written, and theirs is the list that we go on with. */
  | { readonly kind: 'stale' }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Something went wrong, and the list could not be read back either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type NotifyModel = {
  readonly state: ReadonlySignal<Notifying>;
  /** Saves at once. */
  readonly turn: (on: boolean) => Promise<void>;
  /** Ends the waiting for an answer. What was sent may be written all the same. */
  readonly leave: () => void;
};

/** What was told about a list is old news once the panel shows another. */
type Told = { readonly notifying: Notifying; readonly about: RoleList | null };

export function createNotify(given: {
  readonly chat: () => Chat;
  /** The list that the panel shows; `null` while it shows none. */
  readonly list: () => RoleList | null;
  /** The list has become this one. */
  readonly onList: (list: RoleList) => void;
}): NotifyModel {
  const latest = signal<Told>({ notifying: { kind: 'idle' }, about: null });
  const state = computed((): Notifying => {
    const { notifying, about } = latest.value;
    return about === given.list() || notifying.kind === 'saving' ? notifying : { kind: 'idle' };
  });
  const told = (notifying: Notifying): Told => ({ notifying, about: given.list() });
  const seen = (list: RoleList, on: boolean): Told => {
    given.onList(list);
    return told({ kind: list.notifySupervisors === on ? 'saved' : 'stale' });
  };
  let leaving = new AbortController();
  return {
    state,
    async turn(on) {
      const list = given.list();
      if (!list?.writable || state.value.kind === 'saving') return;
      leaving = new AbortController();
      const { signal } = leaving;
      await settle(
        latest,
        async show => {
          show(told({ kind: 'saving', on, isLooking: false }));
          const onLooking = (): void => show(told({ kind: 'saving', on, isLooking: true }));
          const chat = given.chat();
          const written = await writeList(chat, list, { notifySupervisors: on }, { signal, onLooking });
          if (written.kind === 'there') return seen(written.list, on);
          if (written.kind !== 'stale') return told(written);
          const theirs = await chat.roles().catch(asFailure);
          return theirs instanceof Failure ? told({ kind: 'failed', failure: theirs }) : seen(theirs, on);
        },
        failure => told({ kind: 'unknown', failure }),
      );
    },
    leave: () => leaving.abort(),
  };
}
