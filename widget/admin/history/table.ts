/** The history as a spreadsheet table, one line per changed thing. */
import type { HistoryChange } from '../../account/account.ts';
import type { Words } from '../../words/words.tsx';
import { linesOf, type Named } from './lines.ts';

export const historyTable = (
  changes: readonly HistoryChange[],
  named: Named,
  locale: string,
  t: Words,
): readonly (readonly string[])[] => {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  return [
    [
      t('history.when'),
      t('history.who'),
      t('history.kind'),
      t('history.change'),
      t('history.outcomeTitle'),
      t('history.where'),
    ],
    ...changes.flatMap(change => {
      const lines = linesOf(change, named, t);
      return (lines.length > 0 ? lines : ['']).map(line => [
        time.format(change.at),
        named.person(change.employeeId),
        t(`history.what.${change.what}`),
        line,
        t(`history.outcome.${change.outcome}`),
        t(change.isFromPage ? 'history.fromPage' : 'history.fromElsewhere'),
      ]);
    }),
  ];
};
