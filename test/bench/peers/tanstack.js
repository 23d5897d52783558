/** The job with TanStack Table and Virtual on React: rows are drawn again only when their content changes. */
import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  globalFilteringFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement as h, memo, useCallback, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { matches, people, perform, ROLES } from './job.js';

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSelectionFeature,
  filteredRowModel: createFilteredRowModel(),
});
const helper = createColumnHelper();
// Roles are edited beside the table's data, so that an edit does not filter again.
const columns = helper.columns([helper.accessor('text', { id: 'text' })]);
const filter = Object.assign((row, _column, typed) => matches(row.original.text, typed), {
  autoRemove: typed => !typed,
});

const Row = memo(function Row({ id, name, group, role, receives, isTicked, top, tick, set }) {
  return h(
    'div',
    { className: 'row', style: { transform: `translateY(${top}px)` } },
    h('input', { type: 'checkbox', 'aria-label': name, checked: isTicked, onChange: () => tick(id) }),
    h('span', null, name),
    h('span', null, group),
    h(
      'span',
      { className: 'roles' },
      ROLES.map(one =>
        h('input', {
          key: one,
          type: 'radio',
          'aria-label': one,
          checked: one === role,
          onChange: () => set(id, { role: one }),
        }),
      ),
    ),
    h('input', {
      type: 'checkbox',
      role: 'switch',
      checked: receives,
      onChange: event => set(id, { receives: event.target.checked }),
    }),
  );
});

function Grid({ onReady }) {
  const scroller = useRef(null);
  const [places, setPlaces] = useState(
    () => new Map(people.map(({ id, role, receives }) => [id, { role, receives }])),
  );
  const [rowSelection, setRowSelection] = useState({});
  const [globalFilter, setGlobalFilter] = useState('');
  const table = useTable({
    features,
    columns,
    data: people,
    getRowId: ({ id }) => id,
    globalFilterFn: filter,
    state: { rowSelection, globalFilter },
    onRowSelectionChange: setRowSelection,
    onGlobalFilterChange: setGlobalFilter,
  });
  const { rows } = table.getRowModel();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 8,
  });
  const tick = useCallback(id => setRowSelection(now => ({ ...now, [id]: !now[id] })), []);
  const set = useCallback((id, change) => {
    setPlaces(now => new Map(now).set(id, { ...now.get(id), ...change }));
  }, []);
  onReady({
    search: typed => flushSync(() => setGlobalFilter(typed)),
    setTicked: role =>
      setPlaces(
        now =>
          new Map(
            people.map(({ id, role: before }) => [
              id,
              rowSelection[id] ? { ...now.get(id), role: role ?? before } : now.get(id),
            ]),
          ),
      ),
    found: () => rows.length,
    withRole: role => [...places.values()].filter(place => place.role === role).length,
  });
  return h(
    'div',
    { className: 'scroller', ref: scroller },
    h('input', {
      type: 'checkbox',
      id: 'tick-all',
      checked: table.getIsAllRowsSelected(),
      onChange: table.getToggleAllRowsSelectedHandler(),
    }),
    h(
      'div',
      { style: { height: virtualizer.getTotalSize(), position: 'relative' } },
      virtualizer.getVirtualItems().map(({ index, start }) => {
        const { id, name, group } = rows[index].original;
        const { role, receives } = places.get(id);
        return h(Row, {
          key: id,
          id,
          name,
          group,
          role,
          receives,
          isTicked: rowSelection[id] === true,
          top: start,
          tick,
          set,
        });
      }),
    ),
  );
}

perform(box => {
  const root = createRoot(box);
  let grid;
  flushSync(() => {
    root.render(
      h(Grid, {
        onReady: ready => {
          grid = ready;
        },
      }),
    );
  });
  return {
    search: typed => grid.search(typed),
    setTicked: role => grid.setTicked(role),
    found: () => grid.found(),
    withRole: role => grid.withRole(role),
    leave: () => root.unmount(),
  };
});
