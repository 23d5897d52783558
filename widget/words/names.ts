/** Names people and channels on the screen so that namesakes can be distinguished. */
import type { Words } from './words.tsx';

/** Labels by id. Records without a label are shown by their plain name. */
export type Labels = {
  readonly people: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
};
type Named = { readonly id: string; readonly name: string };

export type Names = {
  readonly person: (person: Named) => string;
  /** A person who is not in the CRM is shown by id. */
  readonly inRow: (
    id: string,
    row: { readonly kind: string; readonly employee: Named } | undefined,
  ) => string;
  readonly channel: (channel: Named) => string;
  readonly channelOf: (id: string, channels: readonly Named[]) => string;
  /** The first few names, and the number of the rest. */
  readonly list: (names: readonly string[]) => string;
  readonly people: (people: readonly Named[]) => string;
};

const AT_MOST = 5;

export function namesWith({ people, channels }: Partial<Labels>, t: Words): Names {
  const person: Names['person'] = ({ id, name }) => people?.get(id) ?? name;
  const channel: Names['channel'] = ({ id, name }) => channels?.get(id) ?? name;
  const first = <T>(all: readonly T[], nameOf: (one: T) => string): string => {
    const names = all.slice(0, AT_MOST).map(nameOf).join(', ');
    const count = all.length - AT_MOST;
    return count > 0 ? t('roles.andMore', { names, count }) : names;
  };
  return {
    person,
    inRow: (id, row) => (row && row.kind !== 'stranger' ? person(row.employee) : t('card.employee', { id })),
    channel,
    channelOf(id, known) {
      const one = known.find(channel => channel.id === id);
      return one ? channel(one) : t('gone.channel', { id });
    },
    list: all => first(all, name => name),
    people: all => first(all, person),
  };
}
