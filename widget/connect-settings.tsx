/** The admins' part of the package: the panel over both services, and the dialogs above it. */
import type { VNode } from 'preact';
import { clientsServer } from './account/clients.ts';
import { leavingServer } from './account/leaving.ts';
import { ownServer } from './account/server.ts';
import { wazzupChat } from './chat/wazzup/chat.ts';
import { amocrmRecords } from './host/amocrm/records.ts';
import type { HostPage } from './host/host.ts';
import { createPace } from './http/pace.ts';
import { forgetAccount } from './kept.ts';
import { namedChat, namedRecords } from './named.ts';
import { keptChanges } from './roles/model/kept-changes.ts';
import roles from './roles/roles.css?inline';
import { saveMemory } from './settings/last-save.ts';
import { createPanelModel, type PanelModel } from './settings/model.ts';
import { Panel } from './settings/Panel.tsx';
import settings from './settings/settings.css?inline';
import { openTrial } from './trial/part.tsx';
import trial from './trial/trial.css?inline';
import controls from './ui/controls.css?inline';
import type { Words } from './words.tsx';

export function connectSettings(given: {
  readonly page: HostPage;
  readonly origin: string;
  readonly integrationId: string;
  readonly defaultChatUrl: string;
  readonly signal: AbortSignal;
  readonly words: Words;
}): {
  readonly model: PanelModel;
  /** The CRM has switched the widget off: what it kept on this computer goes. */
  readonly disabled: () => void;
  readonly view: VNode;
  readonly css: readonly string[];
} {
  const { words } = given;
  const records = namedRecords(
    amocrmRecords({
      ...given,
      me: () => given.page.me.id,
      pace: createPace('crm-chat-roles:pace', navigator.locks),
    }),
    words,
  );
  const { account, me } = given.page;
  const whose = { account: account.id, person: me.id };
  const { proof } = records;
  const model = createPanelModel({
    page: given.page,
    records,
    connect: gateway => namedChat(wazzupChat({ gateway, proof }), words),
    server: gateway => ownServer({ gateway, proof }),
    clients: gateway => clientsServer({ gateway, proof }),
    leaving: gateway => leavingServer({ gateway, proof }),
    defaultChatUrl: given.defaultChatUrl,
    origin: given.origin,
    openRoles: async () => (await import('./roles/dialog.tsx')).openRoles,
    openTrial,
    openHistory: async gateway => (await import('./connect-history.ts')).connectHistory({ gateway, proof }),
    memory: saveMemory(() => localStorage, whose),
    drafts: keptChanges(() => localStorage, whose),
    signal: given.signal,
  });
  return {
    model,
    disabled: () => forgetAccount(() => localStorage, account.id),
    view: <Panel model={model} />,
    css: [controls, settings, roles, trial],
  };
}
