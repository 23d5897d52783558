/** The most frequent cases as stories: who would see what, and how clients are taken. They change only the draft. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../../ui/Button.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords, type Words } from '../../../words/words.tsx';
import { withChoiceFor } from '../rules/across.ts';
import { choiceAt, sameChoice } from '../rules/draft.ts';
import { audienceOf, usualAudience, type Audience } from '../model/audience.ts';
import { choiceText } from './Conflicts.tsx';
import type { RolesModel } from '../model/model.ts';
import { PRESETS, type Preset } from '../rules/presets.ts';

export function Examples({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Preset | null>(null);
  const count = model.selected.value.size;
  const offer = (preset: Preset): VNode => (
    <li key={preset.id} class="example">
      <Button onPress={() => setChosen(preset)}>{t(`preset.${preset.id}.title`)}</Button>
      <span>
        {t('preset.audience')} {audienceText(usualAudience(preset, count > 0), count, t)} →{' '}
        {choiceText(preset.choice, t)}
      </span>
      {chosen === preset && (
        <Preview
          model={model}
          preset={preset}
          onDone={() => {
            setChosen(null);
            setOpen(false);
          }}
        />
      )}
      <span class="quiet">{t(`preset.${preset.id}.text`)}</span>
    </li>
  );
  return (
    <details class="examples" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('preset.title')}</summary>
      <ul>{PRESETS.map(offer)}</ul>
    </details>
  );
}

/** Lists the people whom the example would change, before it changes anything. */
function Preview({
  model,
  preset,
  onDone,
}: {
  model: RolesModel;
  preset: Preset;
  onDone: () => void;
}): VNode {
  const t = useWords();
  const names = useNames();
  const [audience, setAudience] = useState<Audience>(usualAudience(preset, model.selected.value.size > 0));
  const people = audienceOf(audience, model);
  const draft = model.draft.value;
  const changed = people.filter(({ id: employeeId }) =>
    model.channelIds.value.some(
      channelId => !sameChoice(choiceAt(draft, { channelId, employeeId }), preset.choice),
    ),
  );
  const reach = { channelIds: model.channelIds.value, employeeIds: people.map(one => one.id) };
  return (
    <div class="preview stack" role="group" aria-label={t(`preset.${preset.id}.title`)}>
      <label>
        {t('preset.audience')}{' '}
        <select class="input" value={audience} onChange={event => setAudience(event.currentTarget.value)}>
          {(['everybody', 'selected', 'me'] as const).map(one => (
            <option key={one} value={one}>
              {audienceText(one, model.selected.value.size, t)}
            </option>
          ))}
          {model.groups.value.map(
            ({ id, name }) =>
              name !== '' && (
                <option key={id} value={`group ${id}`}>
                  {t('preset.group', { group: name })}
                </option>
              ),
          )}
        </select>
      </label>
      {people.length === 0 ? (
        <p role="status">{t('preset.nobody')}</p>
      ) : (
        <>
          <p role="status">
            {t('preset.preview', { count: people.length, role: t(`role.${preset.choice.role ?? 'none'}`) })}{' '}
            {preset.choice.receivesNewClients && t('preset.withNewClients')}
          </p>
          <p>
            {changed.length === 0
              ? t('roles.noChanges')
              : `${t('review.people', { count: changed.length })} ${names.people(changed)}`}
          </p>
          <Button
            disabled={!model.isComplete.value || changed.length === 0}
            onPress={() => {
              model.edit(now => withChoiceFor(now, reach, preset.choice));
              onDone();
            }}
          >
            {t('preset.apply')}
          </Button>
        </>
      )}
    </div>
  );
}

const audienceText = (audience: Audience, count: number, t: Words): string =>
  audience === 'selected'
    ? t('preset.selected', { count })
    : t(audience === 'me' ? 'preset.me' : 'preset.everybody');
