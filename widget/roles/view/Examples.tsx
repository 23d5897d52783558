/** The most frequent cases, told as cases: who would see what, and how clients are taken. Applied to the draft only. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Employee } from '../../domain/employee.ts';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words.tsx';
import { withPlaceFor } from '../rules/across.ts';
import { audienceOf, usualAudience, type Audience } from '../model/audience.ts';
import type { RolesModel } from '../model/model.ts';
import { MAIN_PRESETS, MORE_PRESETS, type Preset } from '../rules/presets.ts';

export function Examples({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const [isOpen, setOpen] = useState(!model.hasRoles);
  const [chosen, setChosen] = useState<Preset | null>(null);
  const offer = (preset: Preset): VNode => (
    <li key={preset.id} class="example">
      <Button onPress={() => setChosen(preset)}>{t(`preset.${preset.id}.title`)}</Button>
      <span class="quiet">{t(`preset.${preset.id}.text`)}</span>
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
    </li>
  );
  return (
    <details class="examples" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('preset.title')}</summary>
      <ul>{MAIN_PRESETS.map(offer)}</ul>
      <details>
        <summary>{t('preset.more')}</summary>
        <ul>{MORE_PRESETS.map(offer)}</ul>
      </details>
    </details>
  );
}

/** Whom the case would change, before it changes anything. */
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
  const [audience, setAudience] = useState<Audience>(usualAudience(preset, model.selected.value.size > 0));
  const people = audienceOf(audience, model);
  const reach = { channelIds: model.channelIds.value, employeeIds: people.map(one => one.id) };
  return (
    <div class="preview" role="group" aria-label={t(`preset.${preset.id}.title`)}>
      <label>
        {t('preset.audience')}{' '}
        <select class="input" value={audience} onChange={event => setAudience(event.currentTarget.value)}>
          <option value="everybody">{t('preset.everybody')}</option>
          <option value="selected">{t('preset.selected', { count: model.selected.value.size })}</option>
          <option value="me">{t('preset.me')}</option>
          {groupsOf(model).map(({ groupId, group }) => (
            <option key={groupId} value={`group ${groupId}`}>
              {t('preset.group', { group })}
            </option>
          ))}
        </select>
      </label>
      {people.length === 0 ? (
        <p role="status">{t('preset.nobody')}</p>
      ) : (
        <>
          <p role="status">
            {t('preset.preview', { count: people.length, role: t(`role.${preset.place.role ?? 'none'}`) })}{' '}
            {preset.place.receivesNewClients && t('preset.withNewClients')}
          </p>
          <Button
            disabled={!model.isComplete.value}
            onPress={() => {
              model.edit(draft => withPlaceFor(draft, reach, preset.place));
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

function groupsOf(model: RolesModel): readonly Employee[] {
  const staff = model.staff.value;
  if (staff.kind !== 'ready') return [];
  return [
    ...new Map(staff.employees.filter(one => one.group !== '').map(one => [one.groupId, one])).values(),
  ];
}
