/**
 * Opens the roles in a separate window from the settings page, waits until the window is closed, and reads the roles again.
 * If the window does not open, the roles open in the settings page. The same happens after the window is closed with edits
 * that the browser could not store.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import { allowed } from '../../browser/storage.ts';
import type { Elsewhere } from '../../host/host.ts';
import { asFailure, type Failure } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { DraftStore } from '../roles/model/draft-store.ts';
import type { RolesGiven } from '../roles/model/model.ts';
import type { Change } from '../roles/rules/draft.ts';
import { openTalk, type Talk } from './talk.ts';

/** Longer than the ten seconds in which a page must report to the CRM. */
const LATE_AFTER_MS = 12_000;

export type RolesElsewhere =
  | { readonly kind: 'opening' }
  /** The roles are open in the window. */
  | { readonly kind: 'open' }
  /** The roles are open in this page. */
  | { readonly kind: 'here'; readonly render: (onClose: () => void) => VNode }
  /** The window is closed, and the roles are read again. */
  | { readonly kind: 'reading' }
  /** The roles could not be read again, so the numbers in the page may be old. */
  | { readonly kind: 'unread'; readonly failure: Failure };

export type OpenerModel = {
  readonly state: ReadonlySignal<RolesElsewhere>;
  /** Only the first call opens the window. `onClose` is called when there is nothing left to show. */
  readonly begin: (onClose: () => void) => void;
  readonly openHere: () => void;
  readonly readAgain: () => void;
};

export function createOpener(given: {
  readonly roles: RolesGiven;
  readonly openElsewhere: Elsewhere;
  readonly rolesHere: () => Promise<OpenRoles>;
}): OpenerModel {
  const { roles } = given;
  const state = signal<RolesElsewhere>({ kind: 'opening' });
  const name = crypto.randomUUID();
  let close = (): void => undefined;
  let isBegun = false;
  let channel: Talk | null = null;
  let unstored: readonly Change[] = [];
  let alongside: number | null = null;
  /** Set before the dialog has loaded, because the window may close in the meantime. */
  let isHere = false;

  const unread = (thrown: unknown): void => {
    state.value = { kind: 'unread', failure: asFailure(thrown) };
  };
  const here = async (): Promise<void> => {
    isHere = true;
    const open = await given.rolesHere();
    const kept = unstored.length > 0 && { at: roles.now(), changes: unstored };
    const render = open(
      kept ? { ...roles, resume: true, drafts: { ...roles.drafts, read: () => kept } } : roles,
    );
    state.value = { kind: 'here', render };
  };
  const read = async (): Promise<void> => {
    state.value = { kind: 'reading' };
    const list = await roles.chat.roles();
    roles.onList(list);
    if (alongside === null) close();
    else roles.onSaved(list, { alongside });
  };
  /** Resolves when the window shows the roles, when it is closed, or when it has not answered in time. */
  const opened = async (talk: Talk): Promise<{ readonly closed: Promise<unknown> }> => {
    const shown = new Promise<void>(resolve => {
      talk.hear(words => {
        switch (words.kind) {
          case 'here':
            if (isHere) return talk.say({ kind: 'taken-over' });
            state.value = { kind: 'open' };
            return resolve();
          case 'unstored':
            unstored = words.changes;
            return undefined;
          case 'saved':
            ({ alongside } = words);
            return undefined;
          case 'taken-over':
            return undefined;
        }
      });
    });
    const closed = given.openElsewhere('roles', givenTo(name, roles)).catch(() => 'not-opened');
    await Promise.race([closed, shown, wait(LATE_AFTER_MS)]);
    return { closed };
  };
  const follow = async (): Promise<void> => {
    // A window cannot receive a note, and it would lose edits that the browser cannot store.
    channel = roles.note || !canStore(roles.drafts) ? null : openTalk(name);
    if (!channel) return here();
    const { closed } = await opened(channel);
    if (!isHere && state.value.kind === 'opening') await takeOver();
    await closed;
    if (!isHere) await (unstored.length > 0 ? here() : read());
    channel.end();
  };
  const takeOver = (): Promise<void> => {
    channel?.say({ kind: 'taken-over' });
    return here();
  };

  return {
    state,
    begin(onClose) {
      close = onClose;
      if (isBegun) return;
      isBegun = true;
      follow().catch(unread);
    },
    openHere() {
      if (!isHere) takeOver().catch(unread);
    },
    readAgain: () => void read().catch(unread),
  };
}

const givenTo = (name: string, { scope, resume }: RolesGiven): Parameters<Elsewhere>[1] => ({
  talk: name,
  ...(scope !== undefined && { scope }),
  ...(resume && { resume: 'yes' }),
});

/** Whether the browser stores drafts. A stored draft proves it. Otherwise an empty one is written and deleted. */
const canStore = (drafts: DraftStore): boolean =>
  allowed(() => {
    if (drafts.read()) return true;
    const isStored = drafts.write({ at: 0, changes: [] });
    drafts.drop();
    return isStored;
  }) === true;
