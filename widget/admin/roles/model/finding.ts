/**
 * Which people of the list are shown, and who is ticked.
 *
 * Filters by role and the order by role look at the draft only when they are set, not after every edit, so that no row
 * moves or disappears while it is being edited.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Draft } from '../rules/draft.ts';
import { countOf, foundAmong, heldIn, NO_FILTERS, type Filters, type Held } from '../rules/find.ts';
import { linesOf, ordered, type Lines, type Order } from '../rules/order.ts';
import type { Row } from '../rules/rows.ts';
import { areAllTicked, NOBODY, withFound, withOne } from '../rules/selection.ts';

export type Finding = {
  readonly sought: Signal<string>;
  readonly filters: Signal<Filters>;
  readonly order: Signal<Order>;
  readonly found: ReadonlySignal<readonly Row[]>;
  readonly foundIds: ReadonlySignal<readonly string[]>;
  /** The lines found, with the channels of unfolded people. */
  readonly lines: ReadonlySignal<Lines>;
  /** People whose channels are listed below them while all channels are shown. */
  readonly unfolded: ReadonlySignal<ReadonlySet<string>>;
  /** Unfolds a person or folds them again. */
  readonly fold: (employeeId: string) => void;
  /** How many filters are set; an order other than the usual one counts too. */
  readonly settings: ReadonlySignal<number>;
  /** Whether a search or a filter is active. */
  readonly isNarrowed: ReadonlySignal<boolean>;
  /** Whether the list is long enough to offer filters, or already has some. */
  readonly isLong: ReadonlySignal<boolean>;
  /** Removes all filters and restores the usual order. The search text stays. */
  readonly reset: () => void;
  /** Ticked people who are in the list. */
  readonly selected: ReadonlySignal<ReadonlySet<string>>;
  /** How many ticked people are not found at the moment. */
  readonly hidden: ReadonlySignal<number>;
  readonly areAllTicked: ReadonlySignal<boolean>;
  readonly tick: (employeeId: string, isTicked: boolean) => void;
  /** Ticks everyone who is found; if all of them are ticked already, unticks them. */
  readonly tickFound: () => void;
  readonly tickNobody: () => void;
};

/** Fewer people than this can be seen at a glance. */
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
  const selection = signal(NOBODY);
  const unfolding = signal<ReadonlySet<string>>(new Set());
  const unfolded = computed(() => (shownChannelIds.value.length > 1 ? unfolding.value : new Set<string>()));
  /** Does not track later edits. */
  const look = (): Held => heldIn(draft.peek(), shownChannelIds.value, channelIds);
  const inOrder = computed(() => ordered(rows.value, order.value, look()));
  const found = computed(() =>
    foundAmong(inOrder.value, { typed: sought.value, filters: filters.value }, look()),
  );
  const foundIds = computed(() => found.value.map(row => row.employee.id));
  const known = computed(() => new Set(rows.value.map(row => row.employee.id)));
  const selected = computed(() => {
    const ids = selection.value;
    return ids.size === 0 ? ids : new Set([...ids].filter(id => known.value.has(id)));
  });
  const settings = computed(() => countOf(filters.value) + Number(order.value !== 'usual'));
  return {
    sought,
    filters,
    order,
    found,
    foundIds,
    lines: computed(() =>
      linesOf(found.value, foundIds.value, {
        unfolded: unfolded.value,
        scopes: ['all', ...channelIds],
      }),
    ),
    unfolded,
    fold(id) {
      const next = new Set(unfolding.value);
      if (!next.delete(id)) next.add(id);
      unfolding.value = next;
    },
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
    tickFound() {
      selection.value = withFound(selection.value, foundIds.value);
    },
    tickNobody() {
      selection.value = NOBODY;
    },
  };
}
