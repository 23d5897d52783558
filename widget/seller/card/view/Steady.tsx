/**
 * Protects the person when a panel's actions change. Presses are ignored for a moment, because something else may have moved
 * under the pointer. If the focused button is gone, the panel gets the focus.
 */
import type { Ref, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type StepProps = {
  /** Changes whenever the possible actions change. */
  readonly of: string;
  /** The actions at the start. Presses count as long as these do not change. */
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
