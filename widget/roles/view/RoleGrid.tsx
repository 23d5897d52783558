/**
 * Everybody who is found, a row each, and the way through them by the keyboard: Tab leads into one row and through its
 * controls, the arrow keys up and down lead from row to row and change nothing. The focus stays in the grid whatever
 * happens to the row that has it.
 */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useWords } from '../../words.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { useGridFocus } from './grid-focus.ts';
import { KeyList } from './KeyList.tsx';
import type { RolesModel } from '../model/model.ts';
import type { Heading } from '../rules/order.ts';
import { RoleRow } from './RoleRow.tsx';

/** In the size of the font; roles.css gives rows at least this. */
const ROW_HEIGHT = 4.4;

export function RoleGrid({ model, locked }: { model: RolesModel; locked: boolean }): VNode {
  const t = useWords();
  const [areKeysShown, showKeys] = useState(false);
  const { finding } = model;
  const lines = finding.lines.value;
  const { keys } = lines;
  const focus = useGridFocus({ model, locked, onList: () => showKeys(true) });
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
        <VirtualRows
          keys={keys}
          height={ROW_HEIGHT}
          kept={keys.indexOf(focus.activeId)}
          draw={at => {
            const line = lines.at(at);
            if (!line || line.kind === 'heading') return <GroupHead heading={line} line={at + 1} />;
            const { row, place } = line;
            const isActive = row.employee.id === focus.activeId;
            return (
              <RoleRow
                model={model}
                row={row}
                place={place}
                line={at + 1}
                isActive={isActive}
                locked={locked}
              />
            );
          }}
        />
      </div>
      {areKeysShown && <KeyList onClose={() => showKeys(false)} />}
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
      <span role="columnheader">{t('roles.role')}</span>
      <span role="columnheader">{t('roles.receivesNewClients')}</span>
    </div>
  );
}

function GroupHead({ heading, line }: { heading: Heading | undefined; line: number }): VNode {
  const t = useWords();
  const group = heading?.group ?? t('roles.notInCrm');
  return (
    <div role="row" aria-rowindex={line + 1} class="group-head">
      <div role="gridcell" aria-colspan={4}>
        {t('find.heading', { group: group || t('find.noGroup'), people: heading?.people ?? 0 })}
      </div>
    </div>
  );
}
