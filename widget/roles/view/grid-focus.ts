/** Where the focus is in the grid, where a key takes it, and where it goes when its row goes away. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { placeAcross } from '../rules/across.ts';
import { commandOf, type Command } from './grid-keys.ts';
import type { RolesModel } from '../model/model.ts';

export type GridFocus = {
  readonly grid: RefObject<HTMLDivElement | null>;
  /** Whose row Tab leads into. */
  readonly activeId: string;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: (event: FocusEvent) => void;
};

type Column = 'pick' | 'role' | 'switch';

export function useGridFocus({
  model,
  locked,
  onList,
}: {
  model: RolesModel;
  locked: boolean;
  /** Somebody wants to know the keys. */
  onList: () => void;
}): GridFocus {
  const { finding } = model;
  const grid = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState('');
  /** Whether the focus is, or was last, in the grid; and in which place, for when its row goes away. */
  const inside = useRef(false);
  const column = useRef<Column>('pick');
  const lastAt = useRef(0);
  const foundIds = finding.foundIds.value;
  const draft = model.draft.value;
  const wantedAt = foundIds.indexOf(wanted);
  const activeAt = wantedAt < 0 ? Math.min(lastAt.current, foundIds.length - 1) : wantedAt;
  const activeId = foundIds[Math.max(0, inside.current || wantedAt >= 0 ? activeAt : 0)] ?? '';

  useLayoutEffect(() => {
    lastAt.current = Math.max(0, activeAt);
    const root = grid.current?.getRootNode();
    if (!inside.current || !grid.current || !isRoot(root)) return;
    const { activeElement } = root;
    const isElsewhere = activeElement !== null && !activeElement.matches('body');
    const row = activeElement?.closest('[data-employee]');
    if (row instanceof HTMLElement ? row.dataset['employee'] === activeId : isElsewhere) return;
    focusOn(grid.current, activeId, column.current);
  });
  // Nobody is found any more: whoever was in the grid goes on in the search.
  useLayoutEffect(() => {
    const scope = grid.current?.closest('dialog');
    return () => {
      if (inside.current) searchIn(scope)?.focus();
    };
  }, []);

  const obey = (command: Command, at: HTMLElement): void => {
    const row = at.closest<HTMLElement>('[data-employee]');
    const { employee: id = '' } = row?.dataset ?? {};
    switch (command.kind) {
      case 'go': {
        const to = foundIds[placeAfter(command, row ? foundIds.indexOf(id) : activeAt - 1)];
        if (to === undefined) return;
        if (command.draws && row && !locked) finding.tickStep(id, to);
        inside.current = true;
        setActive(to);
        if (to === activeId && grid.current) focusOn(grid.current, to, column.current);
        return;
      }
      case 'step':
        if (row) step(at, row, command.by);
        return;
      case 'role':
        if (row) model.setRole([id], command.role);
        return;
      case 'switch': {
        const { receivesNewClients } = placeAcross(draft, model.channelIds.value, id);
        if (row) model.setReceivesNewClients([id], receivesNewClients !== true);
        return;
      }
      case 'search':
        searchIn(at.closest('dialog'))?.focus();
        return;
      case 'list':
        onList();
        return;
      case 'tick-range':
        if (row && !locked) finding.tickTo(id);
        return;
      case 'tick-found':
        if (!locked) finding.tickFound();
    }
  };

  const placeAfter = ({ by, unit }: Extract<Command, { kind: 'go' }>, at: number): number => {
    if (unit === 'list') return by < 0 ? 0 : foundIds.length - 1;
    const rows = unit === 'page' ? rowsInSight(grid.current) : 1;
    return Math.min(Math.max(0, at + by * rows), foundIds.length - 1);
  };

  return {
    grid,
    activeId,
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
      const id = target.closest<HTMLElement>('[data-employee]')?.dataset['employee'];
      if (id !== undefined) setActive(id);
    },
    onFocusOut({ relatedTarget }) {
      // To nowhere it goes when its row goes away, too.
      if (relatedTarget instanceof Node) inside.current = grid.current?.contains(relatedTarget) ?? false;
    },
  };
}

export const searchIn = (scope: ParentNode | null | undefined): HTMLElement | null =>
  scope?.querySelector<HTMLElement>('input[type=search]') ?? null;

/** To the neighbour among the radios, which chooses it, as a radio group does; from the outer ones on to the next cell. */
function step(at: HTMLElement, row: HTMLElement, by: -1 | 1): void {
  const radios = [...row.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const now = radios.findIndex(radio => radio === at);
  const next = radios[now + by];
  if (now < 0) {
    if (by > 0 === (at.closest('[data-column]') === row.querySelector('[data-column=pick]')))
      focusCell(row, 'role');
  } else if (next) {
    next.focus();
    next.click();
  } else focusCell(row, by < 0 ? 'pick' : 'switch');
}

function focusOn(grid: HTMLElement, employeeId: string, column: Column): void {
  const row = [...grid.querySelectorAll<HTMLElement>('[data-employee]')].find(
    one => one.dataset['employee'] === employeeId,
  );
  if (!row) return;
  focusCell(row, column);
  row.scrollIntoView({ block: 'nearest' });
}

/** A row without the switch has the focus on the role instead. */
function focusCell(row: HTMLElement, column: Column): void {
  const cell = row.querySelector(`[data-column=${column}]`);
  const control =
    cell?.querySelector<HTMLElement>('input:checked') ??
    cell?.querySelector<HTMLElement>('input') ??
    row.querySelector<HTMLElement>('[data-column=role] input:checked') ??
    row.querySelector<HTMLElement>('[data-column=role] input');
  control?.focus({ preventScroll: true });
}

function rowsInSight(grid: HTMLElement | null): number {
  const row = grid?.querySelector('[data-employee]')?.clientHeight ?? 0;
  const rows = Math.floor((grid?.closest('.dialog-body')?.clientHeight ?? 0) / row) - 2;
  return Number.isFinite(rows) ? Math.max(1, rows) : 10;
}

const isRoot = (node: Node | undefined): node is Document | ShadowRoot =>
  node !== undefined && 'activeElement' in node;
