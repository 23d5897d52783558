/**
 * One person's changes: channel by channel, each with its own undo, and what they mean for the chats that the person
 * sees.
 */
import type { VNode } from 'preact';
import type { Channel } from '../../../../domain/channel.ts';
import { Button } from '../../../ui/Button.tsx';
import { contained } from '../../../../domain/contained.ts';
import { useNames } from '../../../words/labels.tsx';
import type { Names } from '../../../words/names.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import type { Change, RoleChoice } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';
import { CHAT_KINDS } from '../rules/reach.ts';
import { SIGHT_CHANGES, type PersonReview, type ChangedSight } from '../rules/review.ts';
import type { Row } from '../rules/rows.ts';

export function ReviewPerson({
  model,
  person,
  row,
}: {
  model: RolesModel;
  person: PersonReview;
  row: Row | undefined;
}): VNode {
  const t = useWords();
  const names = useNames();
  const { channels } = model;
  const name = names.inRow(person.employeeId, row);
  return (
    <li class="review-person" aria-label={name}>
      <p class="review-name">
        <strong>{name}</strong>
        {person.employeeId === model.me && <span class="tag">{t('review.me')}</span>}
        {row?.employee.active === false && (
          <span class="tag">{t(row.kind === 'stranger' ? 'roles.notInCrm' : 'roles.deactivated')}</span>
        )}
      </p>
      <ul>
        {person.lines.map(({ seat, ...change }) => {
          const channel = names.channelOf(seat.channelId, channels);
          return (
            <li key={seat.channelId} class="review-line">
              <span>
                {channels.length > 1 && `${contained(channel)}: `}
                {changeText(change, t)}
              </span>
              <Button kind="link" onPress={() => model.look.revert([seat])}>
                {t('review.revert')} <span class="unseen">{`${name}, ${channel}`}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      {SIGHT_CHANGES.map(change => {
        const chats = person.sight.filter(one => one.change === change);
        return chats.length === 0 ? null : (
          <p key={change} class={change === 'loses' ? 'bad' : 'quiet'}>
            {t(`review.sight.${change}`, { chats: chatsText(chats, channels, names, t) })}
          </p>
        );
      })}
    </li>
  );
}

/** "Sales rep → Supervisor, new clients: yes → no" */
function changeText({ before, after }: Pick<Change, 'before' | 'after'>, t: Words): string {
  const role = ({ role: one }: RoleChoice): string => t(`role.${one ?? 'none'}`);
  const yesNo = (choice: RoleChoice): string => t(choice.receivesNewClients ? 'review.yes' : 'review.no');
  const roles = before.role === after.role ? role(after) : `${role(before)} → ${role(after)}`;
  return before.receivesNewClients === after.receivesNewClients
    ? roles
    : t('review.switched', { roles, before: yesNo(before), after: yesNo(after) });
}

/**
 * "own clients (Sales); colleagues' clients, new clients (Sales, Wholesale)". Channels are listed only if not all are
 * affected.
 */
function chatsText(
  chats: readonly ChangedSight[],
  channels: readonly Channel[],
  names: Names,
  t: Words,
): string {
  const kindsOn = new Map<string, string[]>();
  for (const { kind, channelIds } of chats) {
    const some = channels.filter(({ id }) => channelIds.includes(id)).map(names.channel);
    const on = some.length > 0 && some.length < channels.length ? ` (${some.join(', ')})` : '';
    const kinds = kindsOn.get(on);
    if (kinds) kinds.push(t(`review.kind.${kind}`));
    else kindsOn.set(on, [t(`review.kind.${kind}`)]);
  }
  return Array.from(
    kindsOn,
    ([on, kinds]) => `${kinds.length === CHAT_KINDS.length ? t('review.allKinds') : kinds.join(', ')}${on}`,
  ).join('; ');
}
