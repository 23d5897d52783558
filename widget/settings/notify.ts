/**
 * "Notify supervisors of all messages". The chat service keeps the switch in one list with the roles, so turning it
 * writes the same roles again, against the version that they were read with.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../chat/chat.ts';
import { asFailure, type Failure } from '../http/failure.ts';

export type Notifying =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly on: boolean }
  /** It stands in the chat service as wanted. */
  | { readonly kind: 'saved' }
  /** Somebody saved since we read. Nothing of ours was written, and his list is the one we go on with. */
  | { readonly kind: 'stale' }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Something went wrong, and the list could not be read back either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type NotifyModel = {
  readonly state: ReadonlySignal<Notifying>;
  /** Saves at once. */
  readonly turn: (on: boolean) => Promise<void>;
};

/** What was told about a list is old news once the panel shows another. */
type Told = { readonly notifying: Notifying; readonly about: RoleList | null };
type Outcome = { readonly ending: Notifying; readonly list?: RoleList };

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
  return {
    state,
    async turn(on) {
      const list = given.list();
      if (!list?.writable || state.value.kind === 'saving') return;
      latest.value = { notifying: { kind: 'saving', on }, about: list };
      const { list: about = list, ending } = await save(given.chat(), list, on);
      batch(() => {
        if (about !== list) given.onList(about);
        latest.value = { notifying: ending, about };
      });
    },
  };
}

async function save(chat: Chat, list: RoleList, on: boolean): Promise<Outcome> {
  try {
    const written = await chat.saveRoles({ ...list, notifySupervisors: on });
    return { list: written, ending: { kind: written.notifySupervisors === on ? 'saved' : 'stale' } };
  } catch (thrown) {
    return readBack(chat, list, on, asFailure(thrown));
  }
}

/**
 * The list itself tells what holds: after a save by somebody else, and whether a write arrived whose answer was lost.
 * Whatever went wrong is looked at like this, because the write may be done and only the look after it have failed.
 */
async function readBack(chat: Chat, before: RoleList, on: boolean, failure: Failure): Promise<Outcome> {
  try {
    const list = await chat.roles();
    if (list.notifySupervisors === on) return { list, ending: { kind: 'saved' } };
    return {
      list,
      ending: list.version === before.version ? { kind: 'failed', failure } : { kind: 'stale' },
    };
  } catch (thrown) {
    const isKnown = failure.code === 'stale';
    return { ending: { kind: isKnown ? 'failed' : 'unknown', failure: asFailure(thrown) } };
  }
}
