/**
 * «Канал по умолчанию» ("Default channel"): the channel for first messages of people with several channels, by group
 * and by person.
 */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { answeringChannels, onSeveralChannels } from '../../../domain/answering.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { groupsOf } from '../../../domain/group.ts';
import { readOwnRules, withoutDefaultChannel } from '../../../domain/own-rules.ts';
import { Select } from '../../ui/Select.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import { channelChoices } from '../../words/channel-choices.ts';
import type { OwnModel } from './own.ts';
import { OwnStatus } from './OwnStatus.tsx';
import { PersonalChannels } from './PersonalChannels.tsx';
import { sayWithoutChannel } from './without-channel.ts';

export function DefaultChannel({
  own,
  employees,
  channels,
  assignments,
  locale,
}: {
  own: OwnModel;
  employees: readonly Employee[];
  channels: readonly Channel[];
  assignments: readonly Assignment[];
  locale: string;
}): VNode {
  const t = useWords();
  const names = useNames();
  const answering = useMemo(() => answeringChannels(assignments), [assignments]);
  const several = useMemo(() => onSeveralChannels(employees, answering), [employees, answering]);
  const groups = useMemo(() => groupsOf(several, locale), [several, locale]);
  const rules = readOwnRules(own.text.value);
  const missing = withoutDefaultChannel(rules, employees, assignments);
  const choose = (of: 'groups' | 'people', id: string, channelId: string): void => {
    own.set(['channels', of, id], channelId || undefined);
  };
  return (
    <section class="stack" aria-label={t('defaultChannel.title')}>
      <h4>{t('defaultChannel.title')}</h4>
      <p class="quiet">{t('defaultChannel.hint')}</p>
      {missing.length > 0 && <p>{sayWithoutChannel(t, missing, assignments, names)}</p>}
      <table class="by-group">
        {groups.map(({ id, name }) => {
          const group = name || t('nameless.group', { id });
          const chosen = rules.channels.groups.get(id);
          return (
            <tr key={id}>
              <th scope="row">{group}</th>
              <td>
                <Select
                  label={group}
                  value={chosen ?? ''}
                  choices={[
                    { value: '', label: t('defaultChannel.none') },
                    ...channelChoices(t, names, channels, chosen),
                  ]}
                  onChoose={channelId => choose('groups', id, channelId)}
                />
              </td>
            </tr>
          );
        })}
      </table>
      <PersonalChannels
        chosen={rules.channels.people}
        employees={employees}
        several={several}
        channels={channels}
        answering={answering}
        onChoose={(id, channelId) => choose('people', id, channelId)}
      />
      <OwnStatus own={own} ofChannels />
    </section>
  );
}
