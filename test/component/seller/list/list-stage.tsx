/** The list dialog on a card's stage, and that stage with three clients who have written. */
import { screen, within } from '@testing-library/preact';
import { lettersFrom } from '../../../../widget/seller/colleagues/letters.ts';
import { createListModel } from '../../../../widget/seller/list/list-model.ts';
import { ListDialog } from '../../../../widget/seller/list/ListDialog.tsx';
import { openClaims } from '../../../../widget/app/claims.ts';
import { createDictionary } from '../../../../widget/words/words.tsx';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import type { CrmContact } from '../../../world/crm.ts';
import { NOBODY } from '../../../world/people.ts';
import { crmPage, crmRecords } from '../../../support/host-page.ts';
import { show } from '../../show.tsx';
import { cardStage, type CardStage } from '../card/card-stage.tsx';

type Picked = { readonly ids: readonly string[]; readonly claims?: object; readonly left?: number };

/** Opens the dialog over these contacts as the person who is logged in. */
export function openList(
  stage: CardStage,
  { ids, claims = {}, left = 0 }: Picked,
): { readonly end: () => void } {
  const { gatewayOrigin } = stage.world.options;
  const text = JSON.stringify({ v: 1, chatUrl: gatewayOrigin, standInOwners: [String(NOBODY)], claims });
  stage.memory.claims.settings = text;
  const page = crmPage(stage, { own: JSON.parse(text) });
  const { words } = createDictionary('ru', ru);
  const { services, close } = openClaims(
    { page, openRecords: crmRecords(stage, page), words },
    stage.watchedClients,
  );
  const model = createListModel({
    picked: ids,
    page,
    services,
    letters: lettersFrom(words, page.me),
  });
  show(<ListDialog model={model} left={left} onClose={() => undefined} />);
  void model.read();
  return { end: close };
}

export type ListStage = CardStage & {
  readonly clients: readonly CrmContact[];
  /** Opens the dialog as the person who is logged in, over these clients or others. */
  readonly openList: (list?: Partial<Picked>) => void;
  readonly owners: () => readonly number[];
  /** Requests to the CRM, without queries. */
  readonly asked: () => readonly string[];
};

export function listStage(): ListStage {
  const stage = cardStage();
  const { end } = stage;
  const closings: (() => void)[] = [];
  const clients = ['Анна', 'Борис', 'Вера'].map((name, at) =>
    stage.world.clientWrites({ name, phone: `+7 916 000-00-1${at}` }),
  );
  return Object.assign(stage, {
    clients,
    openList(list: Partial<Picked> = {}) {
      const ids = clients.map(({ id }) => String(id));
      closings.push(openList(stage, { ids, ...list }).end);
    },
    owners: () => clients.map(one => one.responsibleUserId),
    asked: () =>
      stage.requests
        .filter(one => one.includes('/api/v4/'))
        .map(one => one.replace(/ \S*\/api\/v4/, ' ').replace(/\?.*/, '')),
    async end() {
      stage.world.disturbances.clear();
      closings.forEach(close => close());
      await end();
    },
  });
}

/** What the dialog shows for a client. */
export const row = (name: string): string =>
  screen.getAllByRole('listitem').find(one => within(one).queryByText(name))?.textContent ?? '';
