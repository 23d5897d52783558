/**
 * Prevents a double press from hitting something else. A second press at the same place is meant for what the first one
 * hit. A button that appeared under the pointer since then, because a dialog closed, a row went away or an answer
 * arrived, accepts no press for half a second, and a switch does not turn back within that time. If the pressed control
 * is gone, the page does not receive the press either, because a press outside the CRM's window would close that
 * window.
 */

const SOON_MS = 500;
/** How far a hand moves between two presses, in pixels. */
const SAME_PLACE = 8;

type Press = {
  readonly x: number;
  readonly y: number;
  readonly at: number;
  readonly control: Element | null;
};

/** Refuses such presses inside `root`. */
export function refuseSecondPress(root: ShadowRoot, signal: AbortSignal): void {
  let last: Press | null = null;
  let cameAt = -Infinity;
  let isRefused = false;
  const controlOf = (event: Event): Element | null => {
    const [target] = event.composedPath();
    const element = target instanceof Element ? target.closest('button, [role=switch], label') : null;
    const control = element instanceof HTMLLabelElement ? element.control : element;
    return control?.getRootNode() === root && control.matches('button, [role=switch]') ? control : null;
  };
  const isNear = ({ clientX, clientY }: MouseEvent): boolean =>
    last !== null && Math.hypot(clientX - last.x, clientY - last.y) <= SAME_PLACE;
  const on = <Name extends keyof DocumentEventMap>(
    name: Name,
    hear: (event: DocumentEventMap[Name]) => void,
  ): void =>
    root.ownerDocument.addEventListener(name, hear, { capture: true, passive: name !== 'click', signal });

  on('pointermove', event => {
    if (!isNear(event)) last = null;
  });
  on('wheel', () => {
    last = null;
  });
  // Browsers also fire this when something appears under a resting mouse. A finger hovers over nothing before it
  // presses.
  on('pointerover', event => {
    if (event.pointerType === 'mouse' && isNear(event) && controlOf(event) !== last?.control)
      cameAt = event.timeStamp;
  });
  on('pointerdown', event => {
    const control = controlOf(event);
    const isSame = control === last?.control;
    const since = event.timeStamp - Math.max(last?.at ?? -Infinity, isSame ? -Infinity : cameAt);
    isRefused =
      isNear(event) &&
      since < SOON_MS &&
      (control ? !isSame || control.matches('[role=switch]') : last?.control?.isConnected === false);
    last = {
      x: event.clientX,
      y: event.clientY,
      at: event.timeStamp,
      control: isRefused ? (last?.control ?? null) : control,
    };
  });
  on('click', event => {
    // A click by keyboard has no position and `detail` 0.
    if (!isRefused || event.detail === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}
