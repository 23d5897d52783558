/**
 * Shown above roles of an earlier time: explains what they are, that nothing is saved yet, and which of them cannot be
 * restored.
 */
import type { VNode } from 'preact';
import type { HistoryChange } from '../../account/account.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import { whenOf } from '../../words/when.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';
import type { Named } from './lines.ts';

export function EarlierNote({
  change,
  lost,
  named,
  locale,
}: {
  change: HistoryChange;
  lost: readonly Assignment[];
  named: Named;
  locale: string;
}): VNode {
  const t = useWords();
  return (
    <Notice tone="info">
      {t('history.earlier', whenOf(change.at, Date.now(), locale))}
      {lost.length > 0 && (
        <>
          {' '}
          {t('history.lost')}
          <ul>
            {lost.map(({ employeeId, channelId, role }) => (
              <li key={`${employeeId} ${channelId}`}>
                {named.person(employeeId)}, {named.channel(channelId)}: {t(`role.${role}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
