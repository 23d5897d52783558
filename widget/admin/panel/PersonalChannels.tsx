/** Default channels of single people, which go before their groups'. */
import type { VNode } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { AnsweringChannels } from '../../../domain/answering.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { Select } from '../../ui/Select.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import { channelChoices } from '../../words/channel-choices.ts';

export function PersonalChannels({
  chosen,
  employees,
  several,
  channels,
  answering,
  onChoose,
}: {
  /** Channels by employee. */
  chosen: ReadonlyMap<string, string>;
  employees: readonly Employee[];
  /** Who has a choice at all. */
  several: readonly Employee[];
  channels: readonly Channel[];
  answering: AnsweringChannels;
  /** An empty channel takes the choice back. */
  onChoose: (employeeId: string, channelId: string) => void;
}): VNode {
  const t = useWords();
  const field = useRef<HTMLLabelElement>(null);
  const names = useNames();
  const byId = useMemo(() => new Map(employees.map(one => [one.id, one])), [employees]);
  /** Added here, with a channel or still without; they stay where they appeared, so that the focus does. */
  const [added, setAdded] = useState<readonly string[]>([]);
  const rows = [...new Set([...added, ...chosen.keys()])];
  const nameOf = (id: string): string => {
    const one = byId.get(id);
    return one ? names.person(one) : t('howTaken.standIn.gone', { id });
  };
  return (
    <div class="field">
      <label class="field" ref={field}>
        <span>{t('defaultChannel.people')}</span>
        <Select
          empty={t('defaultChannel.add')}
          choices={several
            .filter(({ id }) => !rows.includes(id))
            .map(({ id }) => ({ value: id, label: nameOf(id) }))}
          onChoose={id => setAdded([id, ...added])}
        />
      </label>
      {rows.length > 0 && (
        <ul class="personal-channels" aria-label={t('defaultChannel.people')}>
          {rows.map(id => (
            <li key={id} class="personal-channel">
              <label class="field">
                <span>{nameOf(id)}</span>
                <Select
                  value={chosen.get(id) ?? ''}
                  choices={[
                    ...(chosen.has(id) ? [] : [{ value: '', label: t('defaultChannel.none') }]),
                    ...channelChoices(t, names, channels, chosen.get(id), answering.get(id) ?? []),
                  ]}
                  onChoose={channelId => onChoose(id, channelId)}
                />
              </label>
              <button
                type="button"
                class="chip-remove"
                aria-label={t('defaultChannel.remove', { name: nameOf(id) })}
                onClick={() => {
                  setAdded(added.filter(one => one !== id));
                  if (chosen.has(id)) onChoose(id, '');
                  // The button goes with its row; without a new place the focus would be nowhere.
                  field.current?.querySelector('select')?.focus();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
