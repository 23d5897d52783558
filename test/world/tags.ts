/** The labels of an account, which contacts and deals have of their own. */
export type Tag = { readonly id: number; readonly name: string };
export type Tagged = 'contacts' | 'leads';

export type Tags = {
  /** The one of that name; made when the account has none. */
  readonly named: (kind: Tagged, name: string) => Tag;
  readonly known: (kind: Tagged, id: number) => Tag | undefined;
};

export function createTags(nextId: () => number): Tags {
  const all: Readonly<Record<Tagged, Tag[]>> = { contacts: [], leads: [] };
  return {
    named(kind, name) {
      const found = all[kind].find(tag => tag.name === name);
      if (found) return found;
      const made = { id: nextId(), name };
      all[kind].push(made);
      return made;
    },
    known: (kind, id) => all[kind].find(tag => tag.id === id),
  };
}
