/**
 * "Notify supervisors of all messages". The chat service stores this switch in one list with the roles, so turning it
 * writes the same roles again, based on the version that was read.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../../chat/chat.ts';
import { asFailure, Failure } from '../../http/failure.ts';
import { writeList } from '../roles/model/write.ts';
import { settle } from '../../work/settle.ts';

export type Notifying =
  | { readonly kind: 'idle' }
  /** `isLooking`: the write got no answer, so the list is read until the result is known. */
  | { readonly kind: 'saving'; readonly on: boolean; readonly isLooking: boolean }
  /** The chat service has the wanted value. */
  | { readonly kind: 'saved' }
  /** Another admin saved since the list was read. Nothing was written, and their list is shown. */
  | { readonly kind: 'stale' }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The write failed, and the list could not be read back either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type NotifyModel = {
  readonly state: ReadonlySignal<Notifying>;
  /** Saves immediately. */
  readonly turn: (on: boolean) => Promise<void>;
  /** Stops waiting for an answer. The write may still happen. */
  readonly leave: () => void;
};

/** A message is about one list and expires when the panel shows another. */
type Told = { readonly notifying: Notifying; readonly about: RoleList | null };

export function createNotify(given: {
  readonly chat: () => Chat;
  /** The list that the panel shows; `null` if none. */
  readonly list: () => RoleList | null;
  /** Called with each newer list. */
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
