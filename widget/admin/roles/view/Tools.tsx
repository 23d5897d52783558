/** Search, refresh, and rarely used actions. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../../ui/Button.tsx';
import { useWords } from '../../../words/words.tsx';
import { CopyChannel } from './CopyChannel.tsx';
import { CsvButton } from './CsvButton.tsx';
import { Filters, toggled } from './Filters.tsx';
import { searchIn } from './grid-focus.ts';
import { isFind } from './grid-keys.ts';
import type { RolesModel } from '../model/model.ts';

const FILTERS = 'roles-filters';

/** The browser's own search would cover only the rendered rows; this one covers everyone. */
export function findOnKey(event: KeyboardEvent, dialog: Element): void {
  const search = searchIn(dialog);
  if (!isFind(event) || !search) return;
  event.preventDefault();
  search.focus();
}

export function Tools({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const [areFiltersOpen, openFilters] = useState(false);
  const { sought, settings, isLong, isNarrowed } = model.finding;
  const isRefreshing = model.refresh.isRunning.value;
  return (
    <div class="roles-tools actions">
      <input
        type="search"
        class="input"
        aria-label={t('roles.search')}
        placeholder={t('roles.search')}
        value={sought.value}
        onInput={event => {
          sought.value = event.currentTarget.value;
        }}
      />
      <span class="quiet" role="status">
        {isNarrowed.value &&
          t('roles.found', { found: model.found.value.length, all: model.rows.value.length })}
      </span>
      {isLong.value && (
        <button
          type="button"
          class="button button-plain"
          aria-expanded={areFiltersOpen}
          aria-controls={areFiltersOpen ? FILTERS : undefined}
          onClick={() => openFilters(!areFiltersOpen)}
        >
          {settings.value > 0 ? t('find.buttonSet', { set: settings.value }) : t('find.button')}
        </button>
      )}
      <NoRole model={model} />
      <Button busy={isRefreshing} onPress={model.refresh.run}>
        {t(isRefreshing ? 'panel.refreshing' : 'roles.refresh')}
      </Button>
      <details class="more">
        <summary>{t('roles.tools')}</summary>
        <div class="actions">
          {model.writable && model.channels.length > 1 && model.scope.value !== 'all' && (
            <CopyChannel model={model} />
          )}
          <CsvButton model={model} />
          <Button kind="link" onPress={model.look.showKeys}>
            {t('keys.title')}
          </Button>
        </div>
      </details>
      {isLong.value && areFiltersOpen && <Filters model={model} id={FILTERS} />}
      <div class="roles-report">{model.refresh.report()}</div>
    </div>
  );
}

/** How many people have no role, with a button that shows only them. */
function NoRole({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const { filters } = model.finding;
  const count = model.withoutRole.value;
  const isSet = filters.value.traits.has('unassigned');
  if (count === 0 && !isSet) return null;
  return (
    <button
      type="button"
      class="button button-plain"
      aria-pressed={isSet}
      onClick={() => {
        filters.value = { ...filters.value, traits: toggled(filters.value.traits, 'unassigned') };
      }}
    >
      {t('panel.counts', { role: t('role.none'), count })}
    </button>
  );
}
