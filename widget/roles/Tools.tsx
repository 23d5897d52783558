/** Finding people, getting fresh data, and what few need. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words.tsx';
import { withCopiedChannel } from './across.ts';
import type { RolesModel } from './model.ts';

export function Tools({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const isSearching = model.sought.value.trim() !== '' && model.staff.value.kind === 'ready';
  const isRefreshing = model.refresh.isRunning.value;
  return (
    <div class="roles-tools">
      <input
        type="search"
        class="input"
        aria-label={t('roles.search')}
        placeholder={t('roles.search')}
        value={model.sought.value}
        onInput={event => {
          model.sought.value = event.currentTarget.value;
        }}
      />
      <span class="quiet" role="status">
        {isSearching && t('roles.found', { found: model.found.value.length, all: model.rows.value.length })}
      </span>
      <Button busy={isRefreshing} onPress={() => void model.refresh.run()}>
        {t(isRefreshing ? 'panel.refreshing' : 'roles.refresh')}
      </Button>
      {model.writable && model.channels.length > 1 && model.scope.value !== 'all' && (
        <CopyChannel model={model} />
      )}
      <div class="roles-report">{model.refresh.report()}</div>
    </div>
  );
}

function CopyChannel({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const to = model.scope.value;
  return (
    <details class="more">
      <summary>{t('roles.tools')}</summary>
      <label>
        {t('roles.copyFrom')}{' '}
        <select
          class="input"
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
    </details>
  );
}
