/** Default channels of single people. They take precedence over the group's. */
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
  /** People with more than one channel. */
  several: readonly Employee[];
  channels: readonly Channel[];
  answering: AnsweringChannels;
  /** An empty channel removes the choice. */
  onChoose: (employeeId: string, channelId: string) => void;
}): VNode {
  const t = useWords();
  const field = useRef<HTMLLabelElement>(null);
  const names = useNames();
  const byId = useMemo(() => new Map(employees.map(one => [one.id, one])), [employees]);
  /** People added here, with or without a channel yet. They keep their position, and so the focus stays. */
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
                  // The button disappears with its row, so the focus needs a new place.
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
