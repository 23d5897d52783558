/** A company's log of field changes. A change is recorded at once but may be readable only later. */
import type { Clock } from '../clock.ts';
import type { Actor } from './changes.ts';
import type { ItemKind } from './rights.ts';

export type FieldValue = string | number | null;

export type FieldChange = {
  readonly id: number;
  readonly kind: ItemKind;
  readonly itemId: number;
  readonly fieldKey: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  readonly actor: Actor;
  /** Milliseconds. */
  readonly at: number;
  readonly readableAt: number;
};

export type Changelog = {
  readonly all: readonly FieldChange[];
  readonly record: (change: Omit<FieldChange, 'id' | 'at' | 'readableAt'>) => void;
  /** Newest first, as far as readable by now. */
  readonly of: (kind: ItemKind, itemId: number) => readonly FieldChange[];
};

/** `lag` returns milliseconds and is called at each write. */
export function createChangelog(clock: Clock, lag: () => number): Changelog {
  const all: FieldChange[] = [];
  return {
    all,
    record(change) {
      const at = clock.now();
      all.push({ ...change, id: 5001 + all.length, at, readableAt: at + lag() });
    },
    of: (kind, itemId) =>
      all
        .filter(one => one.kind === kind && one.itemId === itemId && one.readableAt <= clock.now())
        .toReversed(),
  };
}
