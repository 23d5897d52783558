/** What Save would change. It opens by itself before important changes, and on demand. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { breath } from '../../../work/breath.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';
import { losesSight, type PersonReview } from '../rules/review.ts';
import { KeyList } from './KeyList.tsx';
import { ReviewPerson } from './ReviewPerson.tsx';
import type { Row } from '../rules/rows.ts';
import { Why } from './Why.tsx';

/** The view above the rows. */
export function Review({ model }: { model: RolesModel }): VNode | null {
  const looking = model.look.looking.value;
  switch (looking.kind) {
    case 'at-rows':
      return null;
    case 'at-changes':
      return <Changes model={model} />;
    case 'at-keys':
      return <KeyList onClose={model.look.back} />;
    case 'why':
      return <Why model={model} employeeId={looking.employeeId} />;
  }
}

function Changes({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const names = useNames();
  const { people, silenced } = model.look.review.value;
  const rows = new Map(model.rows.value.map(row => [row.employee.id, row]));
  const isLoud = silenced.length > 0;
  const save = (): void => {
    model.look.back();
    // Removing a long review and locking all rows would block the page if done in one step.
    void breath().then(() => model.save('reviewed'));
  };
  const losers = people.filter(one => one.sight.some(losesSight)).map(one => one.employeeId);
  return (
    <Dialog
      title={t(isLoud ? 'roles.silence' : 'review.title')}
      size="medium"
      onClose={model.look.back}
      footer={
        <>
          <Button kind={isLoud ? 'primary' : 'plain'} onPress={model.look.back}>
            {t('roles.leaveNo')}
          </Button>
          <span class="push" />
          <Button kind={isLoud ? 'plain' : 'primary'} disabled={people.length === 0} onPress={save}>
            {t(isLoud ? 'roles.silenceYes' : 'roles.save')}
          </Button>
        </>
      }
    >
      <div class="roles">
        {isLoud && (
          <Notice tone="problem">
            {t('roles.silenceLead', {
              count: silenced.length,
              channels: silenced.map(one => t('claim.channelName', { name: names.channel(one) })).join(', '),
            })}
          </Notice>
        )}
        <p role="status">
          {people.length === 0 ? t('roles.noChanges') : t('review.people', { count: people.length })}{' '}
          {losers.length > 0 &&
            t('review.losers', {
              names: names.list(losers.map(id => names.inRow(id, rows.get(id)))),
            })}
        </p>
        <People model={model} people={people} rows={rows} />
      </div>
    </Dialog>
  );
}

/** The number of people shown at first; the rest is shown on demand. */
const AT_FIRST = 50;

function People({
  model,
  people,
  rows,
}: {
  model: RolesModel;
  people: readonly PersonReview[];
  rows: ReadonlyMap<string, Row>;
}): VNode {
  const t = useWords();
  const [areAllShown, setAllShown] = useState(false);
  return (
    <>
      <ul>
        {people.slice(0, areAllShown ? people.length : AT_FIRST).map(person => (
          <ReviewPerson
            key={person.employeeId}
            model={model}
            person={person}
            row={rows.get(person.employeeId)}
          />
        ))}
      </ul>
      {!areAllShown && people.length > AT_FIRST && (
        <Button onPress={() => setAllShown(true)}>{t('review.showAll', { count: people.length })}</Button>
      )}
    </>
  );
}
