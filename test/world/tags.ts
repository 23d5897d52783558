/** The tags of an account; contacts and deals have separate ones. */
export type Tag = { readonly id: number; readonly name: string };
export type Tagged = 'contacts' | 'leads';

export type Tags = {
  /** The tag with that name, created if missing. */
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
