/** The settings' part of the package: the panel over both services, and the way to the roles dialog, a part of its own. */
import type { VNode } from 'preact';
import { wazzupChat } from './chat/wazzup/chat.ts';
import { amocrmRecords } from './host/amocrm/records.ts';
import type { HostPage } from './host/host.ts';
import { createPace } from './http/pace.ts';
import { forgetAccount } from './kept.ts';
import { keptChanges } from './roles/model/kept-changes.ts';
import roles from './roles/roles.css?inline';
import { refreshMemory } from './settings/last-refresh.ts';
import { createPanelModel, type PanelModel } from './settings/model.ts';
import { Panel } from './settings/Panel.tsx';
import settings from './settings/settings.css?inline';
import trial from './trial/trial.css?inline';
import controls from './ui/controls.css?inline';

export function connectSettings(given: {
  readonly page: HostPage;
  readonly origin: string;
  readonly integrationId: string;
  readonly defaultChatUrl: string;
  readonly signal: AbortSignal;
}): {
  readonly model: PanelModel;
  /** The CRM has switched the widget off: what it kept on this computer goes. */
  readonly disabled: () => void;
  readonly view: VNode;
  readonly css: readonly string[];
} {
  const records = amocrmRecords({
    ...given,
    me: () => given.page.me.id,
    pace: createPace('crm-chat-roles:pace', navigator.locks),
  });
  const { account, me } = given.page;
  const whose = { account: account.id, person: me.id };
  const memory = refreshMemory(() => localStorage, whose);
  const model = createPanelModel({
    page: given.page,
    records,
    connect: gateway => wazzupChat({ gateway, proof: records.proof }),
    defaultChatUrl: given.defaultChatUrl,
    loadRoles: async () => (await import('./roles/dialog.tsx')).openRoles,
    loadTrial: async () => (await import('./trial/part.tsx')).openTrial,
    memory,
    drafts: keptChanges(() => localStorage, { ...whose, kind: 'draft' }),
    lastSaved: keptChanges(() => localStorage, { ...whose, kind: 'saved' }),
    signal: given.signal,
  });
  return {
    model,
    disabled: () => forgetAccount(() => localStorage, account.id),
    view: <Panel model={model} />,
    css: [controls, settings, roles, trial],
  };
}
