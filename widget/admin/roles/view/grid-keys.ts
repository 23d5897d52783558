/**
 * The meaning of keys in the grid. Character keys are identified by their place on the keyboard, so that they work in
 * any layout. They count only while the focus is in the grid and no modifier key is pressed.
 */
import type { Role } from '../../../../domain/role.ts';
import { OFFERED } from '../rules/draft.ts';

export type Command =
  /** To another row: by a number of rows, by a number of screens, or to either end. */
  | {
      readonly kind: 'go';
      readonly by: number;
      readonly unit: 'row' | 'page' | 'list';
    }
  /** Inside the row, to the left or to the right. */
  | { readonly kind: 'step'; readonly by: -1 | 1 }
  | { readonly kind: 'role'; readonly role: Role | null }
  | { readonly kind: 'switch' | 'search' | 'list' | 'tick-found' };

type Pressed = Pick<KeyboardEvent, 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const WAYS: Readonly<Record<string, readonly [by: number, unit: 'row' | 'page' | 'list']>> = {
  ArrowUp: [-1, 'row'],
  ArrowDown: [1, 'row'],
  PageUp: [-1, 'page'],
  PageDown: [1, 'page'],
  Home: [-1, 'list'],
  End: [1, 'list'],
};

export function commandOf({ code, shiftKey, ctrlKey, metaKey, altKey }: Pressed): Command | null {
  if (ctrlKey || metaKey) return code === 'KeyA' && !shiftKey && !altKey ? { kind: 'tick-found' } : null;
  if (altKey) return null;
  const way = WAYS[code];
  if (way) return { kind: 'go', by: way[0], unit: way[1] };
  if (code === 'Slash') return { kind: shiftKey ? 'list' : 'search' };
  if (shiftKey) return null;
  if (code === 'ArrowLeft') return { kind: 'step', by: -1 };
  if (code === 'ArrowRight') return { kind: 'step', by: 1 };
  if (code === 'KeyN') return { kind: 'switch' };
  // 0 means no role.
  const role = OFFERED[Number(/^(?:Digit|Numpad)(?<digit>\d)$/.exec(code)?.groups?.['digit'] ?? NaN)];
  return role === undefined ? null : { kind: 'role', role };
}

/** The browser's own search would cover only the rendered rows; this one covers everyone. */
export const isFind = ({ code, shiftKey, ctrlKey, metaKey, altKey }: Pressed): boolean =>
  code === 'KeyF' && (ctrlKey || metaKey) && !shiftKey && !altKey;
