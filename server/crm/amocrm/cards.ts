import type { CrmCards } from '../cards.ts';
import type { RecordKind } from '../records.ts';

const LISTS: Readonly<Record<RecordKind, string>> = { contacts: 'contacts', deals: 'leads' };

const pathOf = (kind: RecordKind, id: string): string => `/${LISTS[kind]}/detail/${id}`;

export const cards: CrmCards = {
  addressOf: (origin, kind, id) => `${origin}${pathOf(kind, id)}`,
  isAddressOf: (uri, kind, id) => uri?.endsWith(pathOf(kind, id)) === true,
};
