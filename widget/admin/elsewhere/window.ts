/** The page in the separate window: opens the roles and reports to the settings page, which opened the window. */
import { effect } from '@preact/signals';
import type { OwnWindow } from '../../host/host.ts';
import type { PanelModel } from '../panel/model.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { DraftStore } from '../roles/model/draft-store.ts';
import { openTalk, type Talk } from './talk.ts';

export type WindowModel = {
  /** Used in place of the panel's own. Reports to the settings page what was saved and what could not be stored. */
  readonly openRoles: (rolesHere: OpenRoles) => OpenRoles;
  /** Opens the roles as soon as the account is known. */
  readonly follow: (panel: PanelModel) => void;
  /** Closes the window. */
  readonly leave: () => void;
};

export function createWindow(own: OwnWindow): WindowModel {
  const talk = openTalk(own.told('talk'));
  talk?.hear(({ kind }) => {
    if (kind === 'taken-over') own.close();
  });
  talk?.say({ kind: 'here' });
  const leave = (): void => {
    // The admin has already agreed to discard the edits.
    talk?.say({ kind: 'unstored', changes: [] });
    own.close();
  };
  return {
    openRoles: rolesHere => given => {
      const { channels, scope } = given;
      return rolesHere({
        ...given,
        scope: channels.some(({ id }) => id === scope) ? scope : undefined,
        drafts: talk ? reportingTo(talk, given.drafts) : given.drafts,
        onSaved(_list, { alongside }) {
          talk?.say({ kind: 'saved', alongside });
          leave();
        },
      });
    },
    follow(panel) {
      let isOpened = false;
      const isKnown = (): boolean => panel.state.value.kind === 'connected';
      effect(() => {
        if (isOpened || !isKnown()) return;
        isOpened = true;
        const scope = own.told('scope');
        void Promise.resolve().then(() =>
          panel.select(scope === '' ? undefined : scope, own.told('resume') === '' ? undefined : 'resume'),
        );
      });
    },
    leave,
  };
}

/** The CRM closes a window without asking the admin, so edits that could not be stored are sent to the settings page. */
const reportingTo = (talk: Talk, drafts: DraftStore): DraftStore => ({
  ...drafts,
  write(draft) {
    const isStored = drafts.write(draft);
    talk.say({ kind: 'unstored', changes: isStored ? [] : draft.changes });
    return isStored;
  },
  drop() {
    drafts.drop();
    talk.say({ kind: 'unstored', changes: [] });
  },
});
