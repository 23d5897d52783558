/**
 * The roles in a window of their own, as the settings page sees them: it opens the window, waits until it is closed, and reads
 * the roles again. Where no window comes, the roles open in the page, and so do edits that would be lost with the window.
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

/** The CRM gives a page ten seconds to report. */
const LATE_AFTER_MS = 12_000;

export type RolesElsewhere =
  | { readonly kind: 'opening' }
  /** In the window. */
  | { readonly kind: 'open' }
  /** In this page. */
  | { readonly kind: 'here'; readonly render: (onClose: () => void) => VNode }
  /** The window is closed. */
  | { readonly kind: 'reading' }
  /** The numbers that are shown may be old. */
  | { readonly kind: 'unread'; readonly failure: Failure };

export type OpenerModel = {
  readonly state: ReadonlySignal<RolesElsewhere>;
  /** Begins once, however often it is called. `onClose`: nothing is left to be shown. */
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
  let line: Talk | null = null;
  let unstored: readonly Change[] = [];
  let alongside: number | null = null;

  const unread = (thrown: unknown): void => {
    state.value = { kind: 'unread', failure: asFailure(thrown) };
  };
  const here = async (): Promise<void> => {
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
  const isHere = (): boolean => state.value.kind === 'here';
  /** Ends when the window shows the roles, when it is closed, or when it has been silent for too long. */
  const opened = async (talk: Talk): Promise<{ readonly closed: Promise<unknown> }> => {
    const living = new Promise<void>(resolve => {
      talk.hear(words => {
        switch (words.kind) {
          case 'here':
            if (isHere()) return talk.say({ kind: 'taken-over' });
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
    const closed = given.openElsewhere('roles', toldBy(name, roles)).catch(() => 'not-opened');
    await Promise.race([closed, living, wait(LATE_AFTER_MS)]);
    return { closed };
  };
  const follow = async (): Promise<void> => {
    // A note cannot go along, and edits that the browser does not keep would be lost with the window.
    line = roles.note || !isKept(roles.drafts) ? null : openTalk(name);
    if (!line) return here();
    const { closed } = await opened(line);
    if (state.value.kind === 'opening') await takeOver();
    await closed;
    if (!isHere()) await (unstored.length > 0 ? here() : read());
    line.end();
  };
  const takeOver = (): Promise<void> => {
    line?.say({ kind: 'taken-over' });
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
    openHere: () => void takeOver().catch(unread),
    readAgain: () => void read().catch(unread),
  };
}

const toldBy = (name: string, { scope, resume }: RolesGiven): Parameters<Elsewhere>[1] => ({
  talk: name,
  ...(scope !== undefined && { scope }),
  ...(resume && { resume: 'yes' }),
});

/** An earlier draft that is there shows it as well as one that is tried. */
const isKept = (drafts: DraftStore): boolean =>
  allowed(() => {
    if (drafts.read()) return true;
    const isStored = drafts.write({ at: 0, changes: [] });
    drafts.drop();
    return isStored;
  }) === true;
