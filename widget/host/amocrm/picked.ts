/** The contacts selected in the CRM's list, as `list_selected` returns them. Companies cannot be claimed. */
import { entriesOf, field, idOf } from './reading.ts';

export const pickedContacts = (listed: unknown): readonly string[] => {
  const ids = entriesOf(field(listed, 'selected')).flatMap(([, one]) =>
    field(one, 'type') === 'company' ? [] : (idOf(field(one, 'id')) ?? []),
  );
  return [...new Set(ids)];
};
