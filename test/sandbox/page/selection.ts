/**
 * Several contacts or deals selected in their list, and the CRM's bar of actions for them: it lists each widget that
 * runs here and calls the one that is pressed. The widget then asks the CRM for the selection.
 */
import type { Context } from './context.ts';
import { element } from './element.ts';
import type { Entity } from './place.ts';
import { rightColumn } from './right-column.ts';
import { wordOf } from './widget-instance.ts';

/** In the format passed to widgets. */
export type Selected = {
  readonly id: number;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly type: 'contact' | 'lead';
};

/** Deals have no phones or e-mail addresses of their own. */
type Row = {
  readonly id: number;
  readonly name: string;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
};

export type Selection = {
  readonly bar: HTMLElement;
  /** Selects all rows on screen or none. */
  readonly all: HTMLInputElement;
  readonly box: (row: Row) => HTMLInputElement;
  /** Called with new rows; rows that are gone are no longer selected. */
  readonly over: (rows: readonly Row[]) => void;
  readonly selected: () => readonly Selected[];
  /** Reports whether any row is selected, now and at each change. */
  readonly watch: (listener: (isAny: boolean) => void) => void;
  /** Called when the widgets have been started. */
  readonly offer: () => void;
};

const TYPES = { contacts: 'contact', leads: 'lead' } as const;

export function createSelection({ words, app, loader }: Context, kind: Entity): Selection {
  const picked = new Set<number>();
  const watchers: ((isAny: boolean) => void)[] = [];
  let rows: readonly Row[] = [];
  const boxes = new Map<number, HTMLInputElement>();
  const count = element('span', { class: 'list-multiple-actions__count' });
  const actions = element('div', { class: 'list-multiple-actions__items' });
  const bar = element(
    'div',
    { class: 'list-multiple-actions', role: 'toolbar', 'aria-label': words.withSelected },
    count,
    actions,
  );
  const all = element('input', { type: 'checkbox', 'aria-label': words.selectAll });

  const show = (): void => {
    boxes.forEach((box, id) => {
      box.checked = picked.has(id);
    });
    all.checked = rows.length > 0 && picked.size === rows.length;
    all.indeterminate = picked.size > 0 && !all.checked;
    count.textContent = `${words.selected}: ${picked.size}`;
    bar.classList.toggle('list-multiple-actions_idle', picked.size === 0);
    watchers.forEach(tell => tell(picked.size > 0));
  };
  all.addEventListener('change', () => {
    if (all.checked) rows.forEach(({ id }) => picked.add(id));
    else picked.clear();
    show();
  });

  return {
    bar,
    all,
    box({ id, name }) {
      const box = element('input', { type: 'checkbox', 'aria-label': name, checked: picked.has(id) });
      box.addEventListener('change', () => {
        if (box.checked) picked.add(id);
        else picked.delete(id);
        show();
      });
      boxes.set(id, box);
      return box;
    },
    over(next) {
      rows = next;
      const ids = new Set(next.map(({ id }) => id));
      for (const id of picked) if (!ids.has(id)) picked.delete(id);
      for (const id of boxes.keys()) if (!ids.has(id)) boxes.delete(id);
      show();
    },
    selected: () =>
      rows
        .filter(({ id }) => picked.has(id))
        .map(({ id, phones = [], emails = [] }) => ({ id, emails, phones, type: TYPES[kind] })),
    watch(listener) {
      watchers.push(listener);
      listener(picked.size > 0);
    },
    offer() {
      const buttons = Object.entries(app.widgets.list).flatMap(([code, widget]) => {
        const { [kind]: callbacks } = widget.callbacks;
        const onclick = (): void => void loader.guarded(code, () => callbacks?.selected?.());
        const name = wordOf(widget, 'widget.name') || code;
        return callbacks?.selected
          ? [element('button', { type: 'button', class: 'button-input', onclick }, name)]
          : [];
      });
      actions.replaceChildren(...buttons);
    },
  };
}

/** The list with the widgets' column, which is visible as long as a row is selected. */
export function listWithWidgets(
  context: Context,
  kind: Entity,
  list: HTMLElement,
  selection: Selection,
): HTMLElement {
  const holder = element('div', { class: 'list__widgets' });
  holder.append(rightColumn(context, kind, holder));
  selection.watch(isAny => {
    holder.hidden = !isAny;
  });
  return element('div', { class: 'list-with-widgets' }, list, holder);
}
