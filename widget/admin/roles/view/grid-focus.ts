/** Tracks the focus in the grid: where it is, where a key moves it, and where it goes when its row disappears. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { choiceAcross } from '../rules/across.ts';
import { commandOf, type Command } from './grid-keys.ts';
import type { RolesModel } from '../model/model.ts';

export type GridFocus = {
  readonly grid: RefObject<HTMLDivElement | null>;
  /** The key of the line that Tab moves into. */
  readonly activeKey: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
};

type Column = 'pick' | 'role' | 'switch';

export function useGridFocus({ model, locked }: { model: RolesModel; locked: boolean }): GridFocus {
  const { finding } = model;
  const grid = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState('');
  /** Whether the grid has, or had last, the focus; and in which column, for when the row disappears. */
  const inside = useRef(false);
  const column = useRef<Column>('pick');
  const lastAt = useRef(0);
  const lines = finding.lines.value;
  const { keys } = lines;
  const draft = model.draft.value;
  const wantedAt = keys.indexOf(wanted);
  const activeAt = wantedAt < 0 ? Math.min(lastAt.current, keys.length - 1) : wantedAt;
  const activeKey = keys[Math.max(0, inside.current || wantedAt >= 0 ? activeAt : 0)] ?? '';

  useLayoutEffect(() => {
    lastAt.current = Math.max(0, activeAt);
    const root = grid.current?.getRootNode();
    if (!inside.current || !grid.current || !isRoot(root)) return;
    const { activeElement } = root;
    const isElsewhere = activeElement !== null && !activeElement.matches('body');
    const row = activeElement && rowAround(activeElement);
    if (row ? row.dataset['key'] === activeKey : isElsewhere) return;
    // If the grid has become empty, the focus moves to the search field.
    if (activeKey === '') searchIn(grid.current.closest('dialog'))?.focus();
    else focusOn(grid.current, activeKey, column.current);
  });

  /** The person and channel of a line. */
  const inLine = (key: string): { readonly id: string; readonly on?: string | undefined } => {
    const line = lines.at(keys.indexOf(key));
    return line ? { id: line.row.employee.id, on: line.on } : { id: '' };
  };
  const obey = (command: Command, at: HTMLElement): void => {
    const row = rowAround(at);
    const key = row?.dataset['key'] ?? '';
    const { id, on } = inLine(key);
    switch (command.kind) {
      case 'go': {
        const to = keys[placeAfter(command, row ? keys.indexOf(key) : activeAt - 1)];
        if (to === undefined) return;
        inside.current = true;
        setActive(to);
        if (to === activeKey && grid.current) focusOn(grid.current, to, column.current);
        return;
      }
      case 'step':
        if (row) step(at, row, command.by);
        return;
      case 'role':
        if (row) model.setRole([id], command.role, on);
        return;
      case 'switch': {
        const { receivesNewClients } = choiceAcross(draft, model.channelsOf(on), id);
        if (row) model.setReceivesNewClients([id], receivesNewClients !== true, on);
        return;
      }
      case 'search':
        searchIn(at.closest('dialog'))?.focus();
        return;
      case 'list':
        model.look.showKeys();
        return;
      case 'tick-found':
        if (!locked) finding.tickFound();
    }
  };

  const placeAfter = ({ by, unit }: Extract<Command, { kind: 'go' }>, at: number): number => {
    if (unit === 'list') return by < 0 ? 0 : keys.length - 1;
    const rows = unit === 'page' ? rowsInSight(grid.current) : 1;
    return Math.min(Math.max(0, at + by * rows), keys.length - 1);
  };

  return {
    grid,
    activeKey,
    onKeyDown(event) {
      const command = commandOf(event);
      if (!command || !(event.target instanceof HTMLElement)) return;
      event.preventDefault();
      obey(command, event.target);
    },
    onFocusIn({ target }) {
      inside.current = true;
      if (!(target instanceof HTMLElement)) return;
      const cell = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
      if (cell === 'pick' || cell === 'role' || cell === 'switch') column.current = cell;
      const key = rowAround(target)?.dataset['key'];
      if (key !== undefined) setActive(key);
    },
    onFocusOut({ relatedTarget }) {
      // Without a related target the focused row may have been removed, so the grid still counts as focused.
      if (relatedTarget instanceof Node) inside.current = grid.current?.contains(relatedTarget) ?? false;
    },
  };
}

export const searchIn = (scope: ParentNode | null | undefined): HTMLElement | null =>
  scope?.querySelector<HTMLElement>('input[type=search]') ?? null;

/** The element in which VirtualRows renders a line. */
const rowAround = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-key]');

/**
 * Moves to the neighbouring radio and chooses it, as in a radio group; beyond the outer ones, moves to the next cell.
 */
function step(at: HTMLElement, row: HTMLElement, by: -1 | 1): void {
  const radios = [...row.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const now = radios.findIndex(radio => radio === at);
  const next = now < 0 ? undefined : radios[now + by];
  if (next) {
    next.focus();
    next.click();
    return;
  }
  const cells = [...row.querySelectorAll<HTMLElement>('[data-column]')].filter(controlIn);
  const cell = cells.findIndex(one => one.contains(at));
  controlIn(cells[cell < 0 ? 1 : cell + by])?.focus({ preventScroll: true });
}

function focusOn(grid: HTMLElement, key: string, column: Column): void {
  const row = [...grid.querySelectorAll<HTMLElement>('[data-key]')].find(one => one.dataset['key'] === key);
  if (!row) return;
  // In a row without the switch, the role gets the focus instead.
  const cell = row.querySelector(`[data-column=${column}]`);
  (controlIn(cell) ?? controlIn(row.querySelector('[data-column=role]')))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

const controlIn = (cell: Element | null | undefined): HTMLElement | null =>
  cell?.querySelector<HTMLElement>('input:checked') ??
  cell?.querySelector<HTMLElement>('input, button') ??
  null;

function rowsInSight(grid: HTMLElement | null): number {
  const row = grid?.querySelector('[data-employee]')?.clientHeight ?? 0;
  const rows = Math.floor((grid?.closest('.dialog-body')?.clientHeight ?? 0) / row) - 2;
  return Number.isFinite(rows) ? Math.max(1, rows) : 10;
}

const isRoot = (node: Node | undefined): node is Document | ShadowRoot =>
  node !== undefined && 'activeElement' in node;
