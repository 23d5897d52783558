/** Roles that both the admin and another admin changed, side by side. Nothing can be saved until each is resolved. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { contained } from '../../../../domain/contained.ts';
import { useNames } from '../../../words/labels.tsx';
import { useWords, type Words } from '../../../words/words.tsx';
import type { RoleChoice } from '../rules/draft.ts';
import type { Conflict, Side } from '../rules/merge.ts';
import type { RolesModel } from '../model/model.ts';

/** Further conflicts appear as the first ones are resolved, or all are resolved at once. */
const MOST_SHOWN = 20;
const SIDES: readonly Side[] = ['mine', 'theirs'];

export function Conflicts({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const conflicts = model.conflicts.value;
  if (conflicts.length === 0) return null;
  const seats = conflicts.map(({ seat }) => seat);
  return (
    <section class="conflicts" aria-label={t('conflict.title')}>
      <p role="alert">
        <strong>{t('conflict.title')}</strong> {t('conflict.lead', { number: conflicts.length })}
      </p>
      {conflicts.length > 1 && (
        <div class="actions">
          {SIDES.map(side => (
            <Button key={side} onPress={() => model.settle(seats, side)}>
              {t(`conflict.all.${side}`)}
            </Button>
          ))}
        </div>
      )}
      <ul>
        {conflicts.slice(0, MOST_SHOWN).map(conflict => (
          <Sides
            key={`${conflict.seat.channelId} ${conflict.seat.employeeId}`}
            model={model}
            conflict={conflict}
          />
        ))}
      </ul>
      {conflicts.length > MOST_SHOWN && (
        <p class="quiet">{t('conflict.more', { number: conflicts.length - MOST_SHOWN })}</p>
      )}
    </section>
  );
}

function Sides({ model, conflict }: { model: RolesModel; conflict: Conflict }): VNode {
  const t = useWords();
  const names = useNames();
  const { seat, before } = conflict;
  const row = model.rows.value.find(one => one.employee.id === seat.employeeId);
  const name = names.inRow(seat.employeeId, row);
  const channel = names.channelOf(seat.channelId, model.channels);
  return (
    <li class="conflict" aria-label={name}>
      <div>
        <strong>{name}</strong>{' '}
        <span class="quiet">
          {contained(channel)}. {t('conflict.before', { place: choiceText(before, t) })}
        </span>
      </div>
      {SIDES.map(side => {
        const choice = conflict[side];
        return (
          <div key={side} class="conflict-side">
            <span class="quiet">{t(`conflict.${side}`)}</span>
            <span>{choiceText(choice, t)}</span>
            <span class="quiet">
              {t(`conflict.means.${choice.role ?? 'none'}`)}{' '}
              {choice.receivesNewClients && t('conflict.means.newClients')}
            </span>
            <Button onPress={() => model.settle([seat], side)}>{t(`conflict.keep.${side}`)}</Button>
          </div>
        );
      })}
    </li>
  );
}

export const choiceText = ({ role, receivesNewClients }: RoleChoice, t: Words): string =>
  receivesNewClients
    ? t('conflict.receiving', { role: t(`role.${role ?? 'none'}`) })
    : t(`role.${role ?? 'none'}`);
