import type { CrmCards } from '../cards.ts';
import type { RecordKind } from '../records.ts';

const CARDS: Readonly<Record<RecordKind, string>> = { contacts: 'person', deals: 'deal' };

const pathOf = (kind: RecordKind, id: string): string => `/${CARDS[kind]}/${id}`;

export const cards: CrmCards = {
  addressOf: (origin, kind, id) => `${origin}${pathOf(kind, id)}`,
  isAddressOf: (uri, kind, id) => pathIn(uri ?? '') === pathOf(kind, id),
};

/** Null if the text is not an address. */
function pathIn(uri: string): string | null {
  return URL.canParse(uri) ? new URL(uri).pathname : null;
}
