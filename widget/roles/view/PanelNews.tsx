/** What the panel tells about roles before the dialog is opened: edits that wait here, and saved ones that were undone. */
import type { VNode } from 'preact';
import type { Employee } from '../../domain/employee.ts';
import { whenOf } from '../../settings/when.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words.tsx';
import type { Kept } from '../model/kept-changes.ts';
import { namesOf } from '../rules/names.ts';
import type { SinceSaved } from '../model/since-saved.ts';

export function DraftWaits({
  kept,
  now,
  locale,
  onResume,
  onDiscard,
}: {
  kept: Kept;
  now: number;
  locale: string;
  onResume: () => void;
  onDiscard: () => void;
}): VNode {
  const t = useWords();
  return (
    <Notice
      tone="info"
      action={
        <div class="actions">
          <Button onPress={onResume}>{t('draft.resume')}</Button>
          <Button kind="link" onPress={onDiscard}>
            {t('draft.discard')}
          </Button>
        </div>
      }
    >
      {t('draft.offer', { number: kept.changes.length, ...whenOf(kept.at, now, locale) })}{' '}
      {t('draft.hereOnly')}
    </Notice>
  );
}

export function Undone({
  sinceSaved,
  employees,
}: {
  sinceSaved: SinceSaved;
  employees: readonly Employee[];
}): VNode | null {
  const t = useWords();
  const ids = new Set(sinceSaved.undone.value.map(({ seat }) => seat.employeeId));
  if (ids.size === 0) return null;
  const names = [...ids].map(id => ({ name: employees.find(one => one.id === id)?.name ?? id }));
  return (
    <Notice tone="problem" action={<Button onPress={sinceSaved.forget}>{t('undoSave.seen')}</Button>}>
      {t('undoSave.undoneByOthers', { names: namesOf(names, t) })}
    </Notice>
  );
}
