import { describe, expect, it } from 'vitest';
import { commandOf, isFind } from '../../../../../widget/admin/roles/view/grid-keys.ts';

const NOTHING = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const pressed = (keys: string) => {
  const parts = keys.split('+');
  return {
    ...NOTHING,
    code: parts.at(-1) ?? '',
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Cmd'),
    altKey: parts.includes('Alt'),
  };
};

describe('a key in the grid', () => {
  it.each([
    ['ArrowDown', { kind: 'go', by: 1, unit: 'row' }],
    ['Shift+ArrowUp', { kind: 'go', by: -1, unit: 'row' }],
    ['PageDown', { kind: 'go', by: 1, unit: 'page' }],
    ['Home', { kind: 'go', by: -1, unit: 'list' }],
    ['Shift+End', { kind: 'go', by: 1, unit: 'list' }],
    ['ArrowLeft', { kind: 'step', by: -1 }],
    ['Digit0', { kind: 'role', role: null }],
    ['Digit1', { kind: 'role', role: 'seller' }],
    ['Numpad2', { kind: 'role', role: 'supervisor' }],
    ['Digit3', { kind: 'role', role: 'auditor' }],
    ['KeyN', { kind: 'switch' }],
    ['Slash', { kind: 'search' }],
    ['Shift+Slash', { kind: 'list' }],
    ['Ctrl+KeyA', { kind: 'tick-found' }],
    ['Cmd+KeyA', { kind: 'tick-found' }],
  ])('%s means %j', (keys, command) => expect(commandOf(pressed(keys))).toEqual(command));

  it.each([
    'Digit4',
    'Shift+Digit1',
    'Ctrl+Digit1',
    'Alt+ArrowDown',
    'Alt+KeyN',
    'Cmd+KeyN',
    'Space',
    'Tab',
    'KeyA',
  ])('%s is left to the browser', keys => expect(commandOf(pressed(keys))).toBeNull());
});

describe('the search', () => {
  it.each(['Ctrl+KeyF', 'Cmd+KeyF'])('is reached by %s', keys => expect(isFind(pressed(keys))).toBe(true));
  it.each(['KeyF', 'Ctrl+Shift+KeyF', 'Ctrl+Alt+KeyF', 'Ctrl+KeyG'])('is not reached by %s', keys =>
    expect(isFind(pressed(keys))).toBe(false),
  );
});
