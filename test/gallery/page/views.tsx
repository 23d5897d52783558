/** The widget's views in a page that imitates the CRM's: its settings window and the right column of a card. */
import { signal } from '@preact/signals';
import { openList as openListPart } from '../../../widget/app/seller.tsx';
import { mountCard } from '../../../widget/app/card.tsx';
import { connectSettings } from '../../../widget/app/admin.tsx';
import type { DialogState } from '../../../widget/admin/panel/dialogs.ts';
import type { PanelModel } from '../../../widget/admin/panel/model.ts';
import { Panel } from '../../../widget/admin/panel/Panel.tsx';
import { onVisible } from '../../../widget/host/amocrm/slots.ts';
import { show } from '../../../widget/app/show.tsx';
import kit from '../../../widget/ui/kit.css?inline';
import { crmKit, crmPage, crmRecords, type PageOptions } from '../../support/host-page.ts';
import { NOBODY } from '../../world/people.ts';
import { words } from './languages.ts';
import type { PageStage } from './stage.ts';

export const place = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('#place');
  if (!found) throw new Error('The page has no place for a view');
  return found;
};

/** Opens the settings panel. It is connected unless `own` says otherwise. */
export function openPanel(
  stage: PageStage,
  { dialog, ...options }: PageOptions & { readonly dialog?: DialogState } = {},
): PanelModel {
  const { gatewayOrigin } = stage.world.options;
  const modal = document.createElement('div');
  modal.innerHTML = '<input type="hidden" name="custom">';
  const own = { v: 1, chatUrl: gatewayOrigin, standInOwners: [String(NOBODY)] };
  const page = crmPage(stage, { own, modal, ...options });
  const { model, css } = connectSettings({
    page,
    openRecords: crmRecords(stage, page),
    signal: new AbortController().signal,
    words,
  });
  show(
    page,
    words,
    { parent: place(), after: null },
    [kit, ...css],
    <Panel model={dialog ? { ...model, dialog: signal(dialog) } : model} />,
  );
  return model;
}

export type CardOptions = Pick<PageOptions, 'contactId' | 'dealId'> & {
  readonly claims?: object;
  readonly chatUrl?: string;
  /** Whether the CRM has the panel folded, as it does until a person unfolds it. */
  readonly folded?: boolean;
  /** Replaces loading the rest of the widget, so that it can fail or take forever. */
  readonly load?: () => Promise<void>;
};

/** Opens a card. It is unfolded by default. */
export function openCard(
  stage: PageStage,
  { claims = {}, chatUrl, folded = false, load, ...card }: CardOptions,
): void {
  const { gatewayOrigin } = stage.world.options;
  const own = { v: 1, chatUrl: chatUrl ?? gatewayOrigin, standInOwners: [String(NOBODY)], claims };
  stage.memory.claims.settings = JSON.stringify(own);
  const [caption, body] = [document.createElement('div'), document.createElement('div')];
  body.hidden = folded;
  place().append(caption, body);
  mountCard(
    {
      kit: crmKit(stage, { ...card, own }),
      dictionary: { words, complete: load ?? (() => Promise.resolve()) },
    },
    {
      caption: { parent: caption, after: null },
      body: { parent: body, after: null },
      onVisible: listener => onVisible(body, listener),
    },
  );
}

/** Opens the dialog over the CRM's list with these contacts picked. */
export function openList(stage: PageStage, contactIds: readonly number[], claims: object = {}): void {
  const { gatewayOrigin } = stage.world.options;
  const own = { v: 1, chatUrl: gatewayOrigin, standInOwners: [String(NOBODY)], claims };
  stage.memory.claims.settings = JSON.stringify(own);
  void openListPart(
    { kit: crmKit(stage, { own }), dictionary: { words, complete: () => Promise.resolve() } },
    contactIds.map(String),
  );
}

/** Moves the person's pointer over the panel. */
export function reach(): void {
  for (const part of place().children) part.dispatchEvent(new Event('pointermove'));
}
