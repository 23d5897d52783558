/**
 * Keeps a panel steady while what can be done in it changes. For a moment no press counts, because what is under the
 * pointer now was elsewhere when the person aimed; and the focus of a button that is gone goes to the panel.
 */
import type { Ref, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type StepProps = {
  /** Differs whenever something else can be done. */
  readonly of: string;
  /** What could be done before: as long as that is so, presses count. */
  readonly first: string;
};

export function Shield({ of, first, place }: StepProps & { place?: Ref<HTMLDivElement> }): VNode {
  const seen = useRef({ of: first, changes: 0 });
  if (seen.current.of !== of) seen.current = { of, changes: seen.current.changes + 1 };
  const { changes } = seen.current;
  return <div key={changes} ref={place ?? null} class="shield" hidden={changes === 0} />;
}

export function Steady(doable: StepProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  const focused = useRef<EventTarget | null>(null);
  useLayoutEffect(() => {
    const panel = place.current?.parentElement;
    const follow = ({ target }: Event): void => {
      focused.current = target;
    };
    panel?.addEventListener('focusin', follow);
    return () => panel?.removeEventListener('focusin', follow);
  }, []);
  useLayoutEffect(() => {
    const panel = place.current?.parentElement;
    const last = focused.current;
    if (!panel || !(last instanceof Node) || last.isConnected || document.activeElement !== document.body)
      return;
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
  }, [doable.of]);
  return <Shield {...doable} place={place} />;
}
