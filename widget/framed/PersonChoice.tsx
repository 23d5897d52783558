/** The list of the people of a deal. Loaded only when the people are read. */
import type { VNode } from 'preact';
import { Select } from '../ui/Select.tsx';
import { useWords } from '../words/words.tsx';
import type { Choosing } from './people-of-deal.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  /** The owner at the time when the list was read. */
  readonly owner: string;
};

export function PersonChoice({ people, shown, choose }: Choosing & { people: readonly Person[] }): VNode {
  const t = useWords();
  if (people.every(({ id }) => id === shown?.id))
    return (
      <>
        {shown && <p>{shown.name}</p>}
        <p role="status">{t('framed.people.alone')}</p>
      </>
    );
  return (
    <label class="field">
      <span>{t('framed.people.label')}</span>
      <Select
        value={shown?.id ?? ''}
        choices={people.map(({ id, name, owner }) => ({
          value: id,
          // The card below shows the current owner of the chosen person.
          label: id === shown?.id ? name : `${name} · ${owner}`,
        }))}
        {...(shown ? {} : { empty: t('frame.people.choose') })}
        onChoose={id => people.filter(one => one.id === id).forEach(choose)}
      />
    </label>
  );
}
