/** The settings of an account: the widget's own part over the whole stage, inside a modal with the CRM's own Save. */
import { expect } from 'vitest';
import { connectSettings } from '../../../widget/app/admin.tsx';
import { rolesElsewhere } from '../../../widget/app/framed.tsx';
import { saveMemory } from '../../../widget/admin/panel/last-save.ts';
import type { PanelModel } from '../../../widget/admin/panel/model.ts';
import type { Elsewhere } from '../../../widget/host/host.ts';
import type { Account } from '../../../server/caller.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import type { UserRole } from '../../world/chat.ts';
import { ADMIN } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { crmPage, crmRecords } from '../../support/host-page.ts';
import { cleanup, show } from '../show.tsx';
import { wordsIn } from '../../support/words.ts';

export type SettingsStage = NodeStage & {
  /** Opens the settings and waits until everything is loaded. The gateway's address is set unless `own` says otherwise. */
  readonly open: (options?: {
    readonly own?: object;
    readonly installed?: boolean;
    /** As in a CRM that has windows for the roles. */
    readonly openElsewhere?: Elsewhere;
    /** Loads the dialog in the page, in place of the usual way. */
    readonly loadHere?: Parameters<typeof rolesElsewhere>[1];
  }) => Promise<PanelModel>;
  /** What the CRM's own Save would store: it reads its field when the field reports a change. */
  readonly offered: () => unknown;
  /** Own settings as the server keeps them. */
  readonly kept: () => Promise<object | null>;
  readonly end: () => Promise<void>;
};

/** The admin is logged in and the language is Russian, unless a test says otherwise. */
export function settingsStage(): SettingsStage {
  // A browser that has not been used before.
  localStorage.clear();
  const stage = stageInNode({ person: ADMIN });
  const modal = document.createElement('div');
  modal.innerHTML = '<input type="hidden" name="custom">';
  let offered: unknown = null;
  modal.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) offered = JSON.parse(target.value);
  });
  let panel: PanelModel | null = null;
  const leaving = new AbortController();
  return Object.assign(stage, {
    async open({ own, installed = true, openElsewhere, loadHere } = {}) {
      const { gatewayOrigin, language } = stage.world.options;
      const page = crmPage(stage, { own: own ?? { chatUrl: gatewayOrigin }, installed, modal });
      const { model, view } = connectSettings({
        page,
        openRecords: crmRecords(stage, page),
        signal: leaving.signal,
        words: wordsIn(language),
        ...(openElsewhere && { openRoles: async () => rolesElsewhere(openElsewhere, loadHere) }),
      });
      show(view, language);
      await model.start();
      panel = model;
      return model;
    },
    offered: () => offered,
    async kept() {
      const { settings } = await stage.memory.ownSettings.read(accountOf(stage));
      return settings;
    },
    async end() {
      cleanup();
      // A save in progress must not reach into the next test.
      await expect.poll(() => panel?.own.state.value.kind, { timeout: 10_000 }).not.toBe('saving');
      leaving.abort();
      await stage.quiet();
      stage.close();
      expect(stage.world.unhandledRequests).toEqual([]);
    },
  } satisfies Partial<SettingsStage>);
}

/** As a token of the CRM names it. */
export const accountOf = ({ world }: NodeStage): Account => ({
  crm: 'amocrm',
  id: String(world.crm.account.id),
});

/** A role as the chat service stores it, with the usual switch. */
export const held = (person: number, role: UserRole['role'], channelId = SALES_CHANNEL): UserRole => ({
  channelId,
  userId: String(person),
  role,
  allowGetNewClients: role === 'seller',
});

/** Roles were last saved on this computer when these people existed: everyone else is new. */
export function savedWith({ world }: NodeStage, ...people: readonly number[]): void {
  const whose = { account: String(world.crm.account.id), person: String(ADMIN) };
  saveMemory(() => localStorage, whose).write({ employees: people.map(String) });
}

/** The chat service has these roles and no others. */
export function giveRoles({ world }: NodeStage, ...userRoles: readonly UserRole[]): void {
  world.chat.settings = { ...world.chat.settings, userRoles };
}
