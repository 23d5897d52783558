/** Filters and order behind one button, which shows how many are set. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { ROLES } from '../../../../domain/role.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useWords } from '../../../words/words.tsx';
import { TRAITS, type Filters as Chosen, type Trait } from '../rules/find.ts';
import type { RolesModel } from '../model/model.ts';
import { ORDERS } from '../rules/order.ts';

export function Filters({ model, id }: { model: RolesModel; id: string }): VNode {
  const t = useWords();
  const { filters, order, settings, reset } = model.finding;
  const box = useRef<HTMLDivElement>(null);
  const now = filters.value;
  const set = (change: Partial<Chosen>): void => {
    filters.value = { ...now, ...change };
  };
  const groups = model.groups.value;
  return (
    <div ref={box} id={id} class="filters" role="group" aria-label={t('find.button')}>
      <label>
        {t('roles.role')}
        <Select
          value={now.role}
          choices={(['any', 'none', ...ROLES] as const).map(value => ({
            value,
            label: value === 'any' ? t('find.anyRole') : t(`role.${value}`),
          }))}
          onChoose={role => set({ role })}
        />
      </label>
      {groups.length > 1 && (
        <label>
          {t('find.group')}
          <Select
            value={now.group === 'any' ? 'any' : `group ${now.group.id}`}
            choices={[
              { value: 'any', label: t('find.anyGroup') },
              ...groups.map(({ id: groupId, name }) => ({
                value: `group ${groupId}`,
                label: name || t('find.noGroup'),
              })),
            ]}
            onChoose={value => set({ group: value === 'any' ? 'any' : { id: value.slice('group '.length) } })}
          />
        </label>
      )}
      <label>
        {t('find.order')}
        <Select
          value={order.value}
          choices={ORDERS.map(value => ({ value, label: t(`find.by.${value}`) }))}
          onChoose={value => {
            order.value = value;
          }}
        />
      </label>
      <fieldset>
        <legend>{t('find.only')}</legend>
        {TRAITS.map(trait => (
          <label key={trait}>
            <input
              type="checkbox"
              checked={now.traits.has(trait)}
              onChange={() => set({ traits: toggled(now.traits, trait) })}
            />{' '}
            {t(`find.trait.${trait}`)}
          </label>
        ))}
      </fieldset>
      {settings.value > 0 && (
        <Button
          kind="link"
          onPress={() => {
            reset();
            // The button disappears, so the focus moves on.
            box.current?.querySelector('select')?.focus();
          }}
        >
          {t('find.reset')}
        </Button>
      )}
    </div>
  );
}

export function toggled(traits: ReadonlySet<Trait>, trait: Trait): ReadonlySet<Trait> {
  return new Set(traits.has(trait) ? [...traits].filter(one => one !== trait) : [...traits, trait]);
}
