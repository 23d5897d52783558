/**
 * What of the list is shown, and who in it is ticked.
 *
 * Filters by role and the order by role look at the draft when they are set, not at every edit after: no row moves or
 * goes away under the hand that edits it.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Draft } from '../rules/draft.ts';
import { countOf, foundAmong, heldIn, NO_FILTERS, type Filters, type Held } from '../rules/find.ts';
import { linesOf, ordered, type Lines, type Order } from '../rules/order.ts';
import type { Row } from '../rules/rows.ts';
import {
  areAllTicked,
  NOBODY,
  withFound,
  withOne,
  withRangeTo,
  withStep,
  type Selection,
} from '../rules/selection.ts';

export type Finding = {
  readonly sought: Signal<string>;
  readonly filters: Signal<Filters>;
  readonly order: Signal<Order>;
  readonly found: ReadonlySignal<readonly Row[]>;
  readonly foundIds: ReadonlySignal<readonly string[]>;
  /** What is found, with the headings of its groups. */
  readonly lines: ReadonlySignal<Lines>;
  /** How many filters are set, an order other than the usual one among them. */
  readonly settings: ReadonlySignal<number>;
  /** Something was typed, or a filter is set. */
  readonly isNarrowed: ReadonlySignal<boolean>;
  /** The list is long enough to have filters, or it has some already. */
  readonly isLong: ReadonlySignal<boolean>;
  /** Back to the usual order without filters. What was typed stays. */
  readonly reset: () => void;
  /** Of those who are in the list. */
  readonly selected: ReadonlySignal<ReadonlySet<string>>;
  /** How many of them are not found at the moment. */
  readonly hidden: ReadonlySignal<number>;
  readonly areAllTicked: ReadonlySignal<boolean>;
  readonly tick: (employeeId: string, isTicked: boolean) => void;
  readonly tickTo: (employeeId: string) => void;
  readonly tickStep: (from: string, to: string) => void;
  /** All that is found; when all of it is ticked, none of it. */
  readonly tickFound: () => void;
  readonly tickNobody: () => void;
};

/** Fewer people than this are seen at a glance. */
const LONG = 15;

export function createFinding({
  rows,
  draft,
  shownChannelIds,
  channelIds,
}: {
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly draft: ReadonlySignal<Draft>;
  readonly shownChannelIds: ReadonlySignal<readonly string[]>;
  readonly channelIds: readonly string[];
}): Finding {
  const sought = signal('');
  const filters = signal(NO_FILTERS);
  const order = signal<Order>('usual');
  const selection = signal<Selection>(NOBODY);
  /** Not told of later edits. */
  const look = (): Held => heldIn(draft.peek(), shownChannelIds.value, channelIds);
  const inOrder = computed(() => ordered(rows.value, order.value, look()));
  const found = computed(() =>
    foundAmong(inOrder.value, { typed: sought.value, filters: filters.value }, look()),
  );
  const foundIds = computed(() => found.value.map(row => row.employee.id));
  const known = computed(() => new Set(rows.value.map(row => row.employee.id)));
  const selected = computed(() => {
    const { ids } = selection.value;
    return ids.size === 0 ? ids : new Set([...ids].filter(id => known.value.has(id)));
  });
  const settings = computed(() => countOf(filters.value) + Number(order.value !== 'usual'));
  return {
    sought,
    filters,
    order,
    found,
    foundIds,
    lines: computed(() => linesOf(found.value, foundIds.value, order.value)),
    settings,
    isNarrowed: computed(() => sought.value.trim() !== '' || countOf(filters.value) > 0),
    isLong: computed(() => rows.value.length >= LONG || settings.value > 0),
    reset() {
      filters.value = NO_FILTERS;
      order.value = 'usual';
    },
    selected,
    hidden: computed(() => {
      if (selected.value.size === 0) return 0;
      return selected.value.size - foundIds.value.filter(id => selected.value.has(id)).length;
    }),
    areAllTicked: computed(() => areAllTicked(selected.value, foundIds.value)),
    tick(employeeId, isTicked) {
      selection.value = withOne(selection.value, employeeId, isTicked);
    },
    tickTo(employeeId) {
      selection.value = withRangeTo(selection.value, foundIds.value, employeeId);
    },
    tickStep(from, to) {
      selection.value = withStep(selection.value, foundIds.value, { from, to });
    },
    tickFound() {
      selection.value = withFound(selection.value, foundIds.value);
    },
    tickNobody() {
      selection.value = NOBODY;
    },
  };
}
