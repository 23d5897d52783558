/**
 * The history of changes: who changed what and when, with old and new values. Earlier roles open as a draft; this
 * dialog writes nothing.
 */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Channel } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { useNames } from '../../words/labels.tsx';
import type { Staff } from '../roles/model/model.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { csvOf, fileName } from '../roles/rules/csv.ts';
import { download } from '../roles/view/csv-download.ts';
import type { HistoryChange } from '../../account/account.ts';
import { whenOf } from '../../words/when.ts';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import { EarlierNote } from './EarlierNote.tsx';
import { linesOf, type Named } from './lines.ts';
import type { HistoryModel, HistoryOptions } from './model.ts';
import { historyTable } from './table.ts';

/** The number of lines shown at first; the rest is shown on demand. */
const AT_FIRST = 5;

export function HistoryDialog({
  model,
  staff,
  channels,
  locale,
  isDraftWaiting,
  onClose,
}: HistoryOptions & { model: HistoryModel; onClose: () => void }): VNode {
  const t = useWords();
  const named = useNamed(staff.value, channels());
  const changes = model.changes.value;
  const reading = model.reading.value;
  const isReading = reading.kind === 'reading';
  const mayBringBack = !isDraftWaiting.value && staff.value.kind === 'ready';
  const save = (): void => {
    const table = historyTable(changes, named, locale, t);
    download(document, fileName(new Date(), t, t('history.file')), csvOf(table));
  };
  return (
    <Dialog
      title={t('history.title')}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button disabled={changes.length === 0} onPress={save}>
            {t('csv.download')}
          </Button>
          {model.hasMore.value && <span class="quiet">{t('history.csvSoFar')}</span>}
          <div class="push actions">
            <Button onPress={onClose}>{t('roles.close')}</Button>
          </div>
        </>
      }
    >
      <div class="stack">
        <label class="field">
          {t('history.who')}
          <Select
            value={model.employeeId.value}
            choices={[
              { value: '', label: t('history.everybody') },
              ...employeesOf(staff.value).flatMap(({ id, admin }) =>
                admin ? [{ value: id, label: named.person(id) }] : [],
              ),
            ]}
            onChoose={model.choose}
          />
        </label>
        {isDraftWaiting.value && <p class="quiet">{t('history.draftFirst')}</p>}
        <ul class="stack">
          {changes.map(change => (
            <Entry key={change.id} {...{ change, model, named, locale, mayBringBack }} />
          ))}
        </ul>
        {changes.length === 0 && reading.kind === 'read' && <p role="status">{t('history.none')}</p>}
        {isReading && (
          <p class="quiet" role="status">
            {t('history.reading')}
          </p>
        )}
        {reading.kind === 'failed' && (
          <Notice tone="problem" action={<Button onPress={model.readOn}>{t('failure.retry')}</Button>}>
            {t('history.failed')} {whyFailed(t, reading.failure)}
          </Notice>
        )}
        {model.hasMore.value && reading.kind === 'read' && (
          <Button onPress={model.readOn}>{t('history.readOn')}</Button>
        )}
      </div>
    </Dialog>
  );
}

function Entry({
  change,
  model,
  named,
  locale,
  mayBringBack,
}: {
  change: HistoryChange;
  model: HistoryModel;
  named: Named;
  locale: string;
  mayBringBack: boolean;
}): VNode {
  const t = useWords();
  const { outcome, what } = change;
  const lines = linesOf(change, named, t);
  const rest = lines.slice(AT_FIRST);
  const list = (some: readonly string[]): VNode => (
    <ul>
      {some.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
  const returning = model.returning.value;
  const isThis = returning.kind !== 'idle' && returning.changeId === change.id;
  return (
    <li>
      <p>
        <strong>{t(`history.what.${what}`)}</strong>{' '}
        {outcome !== 'accepted' && <span class="tag">{t(`history.outcome.${outcome}`)}</span>}
        {!change.isFromPage && <span class="tag">{t('history.fromElsewhere')}</span>}
      </p>
      <p class="quiet">
        {t('history.by', { name: named.person(change.employeeId), ...whenOf(change.at, Date.now(), locale) })}
      </p>
      {list(lines.slice(0, AT_FIRST))}
      {rest.length > 0 && (
        <details>
          <summary>{t('review.showAll', { count: lines.length })}</summary>
          {list(rest)}
        </details>
      )}
      {mayBringBack && what === 'roles' && outcome !== 'refused' && (
        <Button
          kind="link"
          busy={isThis && returning.kind === 'reading'}
          onPress={() =>
            void model.bringBack(change, lost => <EarlierNote {...{ change, lost, named, locale }} />)
          }
        >
          {t('history.bringBack')}
        </Button>
      )}
      {isThis && returning.kind === 'failed' && (
        <Notice tone="problem">
          {t('history.failed')} {whyFailed(t, returning.failure)}
        </Notice>
      )}
    </li>
  );
}

const employeesOf = (staff: Staff): readonly Employee[] => (staff.kind === 'ready' ? staff.employees : []);

function useNamed(staff: Staff, channels: readonly Channel[]): Named {
  const t = useWords();
  const names = useNames();
  return useMemo(() => {
    const people = new Map(employeesOf(staff).map(one => [one.id, one]));
    const groups = new Map(employeesOf(staff).map(one => [one.groupId, one.group]));
    return {
      person(id) {
        const one = people.get(id);
        return one ? names.person(one) : t('card.employee', { id });
      },
      channel: id => names.channelOf(id, channels),
      group: id => groups.get(id) || t('nameless.group', { id }),
    };
  }, [staff, channels, names, t]);
}
