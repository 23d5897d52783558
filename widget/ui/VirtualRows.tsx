/**
 * A long list that renders only the rows in sight, inside the surrounding scroll container. It scrolls natively, and
 * the scroll bar has the length of the full list. Rows may differ in height; rows not rendered yet count as the usual
 * height. A short list is rendered whole.
 */
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { offsetsOf, rowAt, type Offsets } from './row-offsets.ts';

/** Up to this length, rendering all rows is cheaper than tracking which are in sight. */
const DRAWN_WHOLE = 50;
/** Extra rows rendered beyond each edge. */
const BEYOND = 6;
/** The number of rows to scroll before the rendered range changes: as many rows as one frame can render. */
const STEP = 2;

export function VirtualRows({
  keys,
  draw,
  height,
  kept,
}: {
  /** One key per row. A new array means a new list. */
  keys: readonly string[];
  draw: (at: number) => VNode;
  /** The usual height of a row, in em. */
  height: number;
  /** The index of the row that has, or would get, the focus. It is always rendered. */
  kept: number;
}): VNode {
  const list = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ from: 0, to: 3 * BEYOND });
  const { measured, version, watch } = useMeasures(height);
  const isWhole = keys.length <= DRAWN_WHOLE;
  const offsets = useMemo(() => {
    if (isWhole) return null;
    return offsetsOf(keys, measured, height * fontSizeOf(list.current));
  }, [isWhole, keys, version]);

  const look = useRef(() => {});
  look.current = () => {
    if (!offsets || !list.current) return;
    // Rows outside the window are never visible, whatever covers part of it. The position is measured, because content
    // above the list may fold.
    const { top } = list.current.getBoundingClientRect();
    const from = Math.max(0, stepOf(rowAt(offsets, -top)) - BEYOND);
    const to = stepOf(rowAt(offsets, innerHeight - Math.min(top, 0))) + STEP + BEYOND;
    setRange(now => (now.from === from && now.to === to ? now : { from, to }));
  };
  useLayoutEffect(() => {
    const onMove = (): void => look.current();
    const gone = new AbortController();
    const { signal } = gone;
    // Listens on the root, because after a phone is rotated another part of the dialog scrolls.
    list.current?.getRootNode().addEventListener('scroll', onMove, { capture: true, passive: true, signal });
    addEventListener('resize', onMove, { signal });
    return () => gone.abort();
  }, []);
  useEdgeKept(list, keys, offsets);
  useLayoutEffect(() => look.current(), [offsets]);

  return (
    <div
      ref={list}
      role="rowgroup"
      class={offsets ? 'virtual' : undefined}
      style={{ blockSize: offsets ? `${offsets[keys.length]}px` : undefined }}
    >
      {drawnOf(isWhole ? { from: 0, to: keys.length } : range, kept, keys.length).map(at => (
        <Placed key={keys[at]} id={keys[at] ?? ''} watch={watch} offset={offsets?.[at]}>
          {draw(at)}
        </Placed>
      ))}
    </div>
  );
}

type Watch = (row: Element) => () => void;

function Placed({
  id,
  offset,
  watch,
  children,
}: {
  id: string;
  offset: number | undefined;
  watch: Watch;
  children: ComponentChildren;
}): VNode {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (row.current ? watch(row.current) : undefined), []);
  return (
    <div
      ref={row}
      role="presentation"
      data-key={id}
      style={{ transform: offset === undefined ? undefined : `translateY(${offset}px)` }}
    >
      {children}
    </div>
  );
}

/**
 * Measures rows as they appear and change, and stores the heights that differ from the usual one. A change of width
 * invalidates all of them.
 */
function useMeasures(height: number): {
  measured: ReadonlyMap<string, number>;
  version: number;
  watch: Watch;
} {
  const [measured] = useState(() => new Map<string, number>());
  const [version, setVersion] = useState(0);
  const [watch] = useState(() => {
    let width = 0;
    const observer = new ResizeObserver(entries => {
      const [now = width] = entries.flatMap(({ contentRect }) => contentRect.width || []);
      let isNews = now !== width;
      if (isNews) measured.clear();
      width = now;
      for (const { target, contentRect } of entries) {
        const key = target instanceof HTMLElement ? (target.dataset['key'] ?? '') : '';
        const usual = measured.get(key) ?? height * fontSizeOf(target);
        if (contentRect.height === 0 || Math.abs(contentRect.height - usual) < 0.5) continue;
        measured.set(key, contentRect.height);
        isNews = true;
      }
      // In a frame of its own, so that rows rendered as a result are not measured in the same cycle.
      if (isNews) requestAnimationFrame(() => setVersion(before => before + 1));
    });
    return (row: Element) => {
      observer.observe(row);
      return () => observer.unobserve(row);
    };
  });
  return { measured, version, watch };
}

/** Keeps the row at the upper edge in place when rows above it turn out taller than expected. */
function useEdgeKept(
  list: { readonly current: HTMLElement | null },
  keys: readonly string[],
  offsets: Offsets | null,
): void {
  const before = useRef({ keys, offsets });
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { keys, offsets };
    if (!offsets || !was.offsets || was.keys !== keys) return;
    let scroller = list.current?.parentElement;
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY))
      scroller = scroller.parentElement;
    if (!scroller || !list.current) return;
    const top = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const first = rowAt(was.offsets, top);
    if (top > 0) scroller.scrollTop += (offsets[first] ?? 0) - (was.offsets[first] ?? 0);
  }, [offsets]);
}

/** In pixels; a usual size before anything is rendered. */
const fontSizeOf = (element: Element | null): number =>
  (element && parseFloat(getComputedStyle(element).fontSize)) || 13;

const stepOf = (row: number): number => Math.floor(row / STEP) * STEP;

function drawnOf({ from, to }: { from: number; to: number }, kept: number, count: number): readonly number[] {
  const last = Math.min(to, count);
  const first = Math.min(from, Math.max(0, last - BEYOND));
  const drawn = Array.from({ length: last - first }, (_, at) => first + at);
  if (kept < 0 || kept >= count || (kept >= first && kept < last)) return drawn;
  return kept < first ? [kept, ...drawn] : [...drawn, kept];
}
