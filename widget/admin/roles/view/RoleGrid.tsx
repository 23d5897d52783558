/**
 * The people found, one row each, with keyboard navigation: Tab moves into one row and through its controls; the up and
 * down arrow keys move between rows and change nothing. The focus stays in the grid even if its row disappears.
 */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { useWords } from '../../../words/words.tsx';
import { VirtualRows } from '../../../ui/VirtualRows.tsx';
import { searchIn, useGridFocus } from './grid-focus.ts';
import type { RolesModel } from '../model/model.ts';
import { OFFERED } from '../rules/draft.ts';
import { RoleIcon } from './RoleIcon.tsx';
import { RoleRow } from './RoleRow.tsx';

/** In em; roles.css sets this as the minimum height. */
const ROW_HEIGHT = 3.4;

export function RoleGrid({ model, locked }: { model: RolesModel; locked: boolean }): VNode {
  const t = useWords();
  const { finding } = model;
  const lines = finding.lines.value;
  const { keys } = lines;
  const focus = useGridFocus({ model, locked });
  return (
    <>
      <div
        ref={focus.grid}
        role="grid"
        aria-label={t('roles.title')}
        aria-rowcount={keys.length + 1}
        aria-multiselectable
        aria-readonly={locked}
        onKeyDown={focus.onKeyDown}
        onFocusIn={focus.onFocusIn}
        onFocusOut={focus.onFocusOut}
      >
        <Head model={model} locked={locked} />
        {keys.length > 0 && (
          <VirtualRows
            keys={keys}
            height={ROW_HEIGHT}
            kept={keys.indexOf(focus.activeKey)}
            draw={at => {
              const line = lines.at(at);
              if (!line) return <div role="row" />;
              const isActive = keys[at] === focus.activeKey;
              return <RoleRow model={model} line={line} index={at + 1} isActive={isActive} locked={locked} />;
            }}
          />
        )}
      </div>
      {keys.length === 0 && <Nobody model={model} grid={focus.grid} />}
    </>
  );
}

function Head({ model, locked }: { model: RolesModel; locked: boolean }): VNode {
  const t = useWords();
  const { finding } = model;
  const isTicked = finding.areAllTicked.value;
  return (
    <div role="row" aria-rowindex={1} class="row row-head quiet">
      <span role="columnheader" class="pick">
        <input
          type="checkbox"
          aria-label={t('roles.pickFound')}
          checked={isTicked}
          indeterminate={!isTicked && finding.selected.value.size > finding.hidden.value}
          disabled={locked}
          onChange={finding.tickFound}
        />
      </span>
      <span role="columnheader">{t('roles.employee')}</span>
      <span role="columnheader" class="by-role" aria-label={t('roles.role')}>
        {OFFERED.map(role => (
          <span key={role}>
            <RoleIcon role={role} /> {t(`role.${role ?? 'none'}`)}
          </span>
        ))}
      </span>
      <span role="columnheader" aria-label={t('roles.receivesNewClients')}>
        {t('roles.newClients')}
      </span>
    </div>
  );
}

function Nobody({ model, grid }: { model: RolesModel; grid: { current: HTMLElement | null } }): VNode {
  const t = useWords();
  const { finding, refresh } = model;
  return (
    <div class="stack">
      <p role="status">{t('roles.nobodyFound')}</p>
      <div class="actions">
        {finding.isNarrowed.value && (
          <Button
            onPress={() => {
              finding.sought.value = '';
              finding.reset();
              // The button disappears, so the focus moves to the search field.
              searchIn(grid.current?.closest('dialog'))?.focus();
            }}
          >
            {t('roles.clearSearch')}
          </Button>
        )}
        <Button busy={refresh.isRunning.value} onPress={refresh.run}>
          {t('roles.refresh')}
        </Button>
      </div>
    </div>
  );
}
