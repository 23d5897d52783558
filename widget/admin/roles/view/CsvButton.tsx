/** Downloads the list: the people found, with the roles shown on the screen. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { csvOf, fileName, rolesTable } from '../rules/csv.ts';
import { download } from './csv-download.ts';
import type { RolesModel } from '../model/model.ts';

export function CsvButton({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const names = useNames();
  const save = (): void => {
    const table = rolesTable(
      model.finding.found.value,
      { channels: model.channels, draft: model.draft.value, names },
      t,
    );
    download(document, fileName(new Date(), t), csvOf(table));
  };
  return (
    <>
      <Button disabled={!model.isComplete.value} onPress={save}>
        {t('csv.download')}
      </Button>
      {model.draft.value.edits.size > 0 && <span class="quiet">{t('csv.unsaved')}</span>}
    </>
  );
}
