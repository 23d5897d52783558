/** The settings' part of the package: the panel over both services, and the way to the roles dialog, a part of its own. */
import type { VNode } from 'preact';
import { wazzupChat } from './chat/wazzup/chat.ts';
import { amocrmRecords } from './host/amocrm/records.ts';
import type { HostPage } from './host/host.ts';
import roles from './roles/roles.css?inline';
import { createPanelModel, type PanelModel } from './settings/model.ts';
import { Panel } from './settings/Panel.tsx';
import settings from './settings/settings.css?inline';
import controls from './ui/controls.css?inline';

export function connectSettings(given: {
  readonly page: HostPage;
  readonly origin: string;
  readonly integrationId: string;
  readonly defaultChatUrl: string;
  readonly signal: AbortSignal;
}): { readonly model: PanelModel; readonly view: VNode; readonly css: readonly string[] } {
  const records = amocrmRecords(given);
  const model = createPanelModel({
    page: given.page,
    records,
    connect: gateway => wazzupChat({ gateway, proof: records.proof }),
    defaultChatUrl: given.defaultChatUrl,
    loadRoles: async () => (await import('./roles/dialog.tsx')).openRoles,
    signal: given.signal,
  });
  return { model, view: <Panel model={model} />, css: [controls, settings, roles] };
}
