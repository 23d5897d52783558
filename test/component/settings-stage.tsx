/** The settings of an account: the widget's own part over the whole stage, inside a modal with the CRM's own Save. */
import { expect } from 'vitest';
import { connectSettings } from '../../widget/connect-settings.tsx';
import type { PanelModel } from '../../widget/settings/model.ts';
import { stageInNode, type NodeStage } from '../mocks/node.ts';
import type { UserRole } from '../world/chat.ts';
import { ADMIN } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { crmPage } from './crm-page.ts';
import { cleanup, show } from './show.tsx';

export type SettingsStage = NodeStage & {
  /** Opens the settings and waits until everything is loaded. The gateway's address is set unless `own` says otherwise. */
  readonly open: (options?: { readonly own?: object; readonly installed?: boolean }) => Promise<PanelModel>;
  /** What the CRM's own Save would keep: it looks at its field when the field reports a change. */
  readonly offered: () => unknown;
  readonly end: () => Promise<void>;
};

/** The admin is logged in and the language is Russian, until a test says otherwise. */
export function settingsStage(): SettingsStage {
  // A browser in which nobody has been before.
  localStorage.clear();
  const stage = stageInNode({ person: ADMIN });
  const modal = document.createElement('div');
  modal.innerHTML = '<input type="hidden" name="custom">';
  let offered: unknown = null;
  modal.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) offered = JSON.parse(target.value);
  });
  const leaving = new AbortController();
  return Object.assign(stage, {
    async open({ own, installed = true } = {}) {
      const { crmOrigin, gatewayOrigin, language } = stage.world.options;
      const { model, view } = connectSettings({
        page: crmPage(stage, { own: own ?? { chatUrl: gatewayOrigin }, installed, modal }),
        origin: crmOrigin,
        integrationId: stage.world.crm.integration.uuid,
        defaultChatUrl: '',
        signal: leaving.signal,
      });
      show(view, language);
      await model.start();
      return model;
    },
    offered: () => offered,
    async end() {
      cleanup();
      leaving.abort();
      await stage.quiet();
      stage.close();
      expect(stage.world.strays).toEqual([]);
    },
  } satisfies Partial<SettingsStage>);
}

/** A role as the chat service keeps it, with the switch as it usually stands. */
export const held = (person: number, role: UserRole['role'], channelId = SALES_CHANNEL): UserRole => ({
  channelId,
  userId: String(person),
  role,
  allowGetNewClients: role === 'seller',
});

/** The chat service holds these roles and no others. */
export function giveRoles({ world }: NodeStage, ...userRoles: readonly UserRole[]): void {
  world.chat.settings = { ...world.chat.settings, userRoles };
}
