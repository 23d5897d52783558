/** Finding people, getting fresh data, and what few need. */
import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words.tsx';
import { withCopiedChannel } from '../rules/across.ts';
import { CsvButton } from './CsvButton.tsx';
import { Filters } from './Filters.tsx';
import { isFind } from './grid-keys.ts';
import { KeyList } from './KeyList.tsx';
import type { RolesModel } from '../model/model.ts';

const FILTERS = 'roles-filters';

/** The browser's own search would look through what happens to be drawn; ours looks through everybody. */
export function findOnKey(event: KeyboardEvent, search: HTMLElement | null): void {
  if (!isFind(event) || !search) return;
  event.preventDefault();
  search.focus();
}

export function Tools({
  model,
  search,
}: {
  model: RolesModel;
  search: RefObject<HTMLInputElement | null>;
}): VNode {
  const t = useWords();
  const [areFiltersOpen, openFilters] = useState(false);
  const [areKeysShown, showKeys] = useState(false);
  const { sought, settings, isLong, isNarrowed } = model.finding;
  const isRefreshing = model.refresh.isRunning.value;
  return (
    <div class="roles-tools">
      <input
        ref={search}
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
      <Button busy={isRefreshing} onPress={model.refresh.run}>
        {t(isRefreshing ? 'panel.refreshing' : 'roles.refresh')}
      </Button>
      <details class="more">
        <summary>{t('roles.tools')}</summary>
        <div class="more-tools">
          {model.writable && model.channels.length > 1 && model.scope.value !== 'all' && (
            <CopyChannel model={model} />
          )}
          <CsvButton model={model} />
        </div>
      </details>
      {isLong.value && (
        <Button kind="link" onPress={() => showKeys(true)}>
          {t('keys.title')}
        </Button>
      )}
      {isLong.value && areFiltersOpen && <Filters model={model} id={FILTERS} />}
      {areKeysShown && <KeyList onClose={() => showKeys(false)} />}
      <div class="roles-report">{model.refresh.report()}</div>
    </div>
  );
}

function CopyChannel({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const to = model.scope.value;
  return (
    <label>
      {t('roles.copyFrom')}{' '}
      <select
        class="input"
        disabled={!model.isComplete.value}
        value=""
        onChange={event => {
          const from = event.currentTarget.value;
          if (from === '') return;
          const employeeIds = model.rows.value.map(row => row.employee.id);
          model.edit(draft => withCopiedChannel(draft, { from, to, employeeIds }));
        }}
      >
        <option value="">{t('roles.copyNothing')}</option>
        {model.channels
          .filter(channel => channel.id !== to)
          .map(channel => (
            <option key={channel.id} value={channel.id}>
              {channel.name}
            </option>
          ))}
      </select>
    </label>
  );
}
