import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseSecondPress } from '../../../widget/ui/second-press.ts';

let root: ShadowRoot;
let leaving: AbortController;
let pressed: string[];
beforeEach(() => {
  const host = document.body.appendChild(document.createElement('div'));
  root = host.attachShadow({ mode: 'open' });
  leaving = new AbortController();
  pressed = [];
  refuseSecondPress(root, leaving.signal);
});
afterEach(() => {
  leaving.abort();
  document.body.replaceChildren();
});

type Kind = 'button' | 'switch' | 'checkbox' | 'link';
function control(name: string, kind: Kind = 'button'): HTMLElement {
  const element = document.createElement(kind === 'button' ? 'button' : kind === 'link' ? 'a' : 'input');
  if (element instanceof HTMLInputElement) element.type = 'checkbox';
  if (kind === 'switch') element.setAttribute('role', 'switch');
  element.addEventListener('click', () => pressed.push(name));
  root.append(element);
  return element;
}

const AT = { x: 100, y: 100 };
type Place = typeof AT;
/** A browser's events carry its own time. */
function fire(target: Element, name: string, ms: number, { x, y }: Place, about: object = {}): void {
  const event = new PointerEvent(name, {
    bubbles: true,
    composed: true,
    cancelable: true,
    clientX: x,
    clientY: y,
    pointerType: 'mouse',
    detail: 1,
    ...about,
  });
  Object.defineProperty(event, 'timeStamp', { value: ms });
  target.dispatchEvent(event);
}
function press(target: Element, ms: number, place = AT, about?: object): void {
  fire(target, 'pointerdown', ms, place, about);
  fire(target, 'click', ms + 1, place, about);
}

describe('a second press at the same place', () => {
  it('is ignored by a button that has just appeared there', () => {
    press(control('Save'), 0);
    press(control('Put back'), 200);
    expect(pressed).toEqual(['Save']);
  });

  it('does not reach the page when the pressed control has disappeared', () => {
    const save = control('Save');
    document.body.addEventListener('click', () => pressed.push('page'), { signal: leaving.signal });
    press(save, 0);
    save.remove();
    press(document.body, 200);
    expect(pressed).toEqual(['Save', 'page']);
    press(document.body, 800);
    expect(pressed).toEqual(['Save', 'page', 'page']);
  });

  it('works on the same button', () => {
    const undo = control('Undo');
    press(undo, 0);
    press(undo, 200);
    expect(pressed).toEqual(['Undo', 'Undo']);
  });

  it('does not turn a switch back, but works on a checkbox', () => {
    const [notify, tick] = [control('notify', 'switch'), control('tick', 'checkbox')];
    press(notify, 0);
    press(notify, 200);
    press(tick, 2000);
    press(tick, 2200);
    expect(pressed).toEqual(['notify', 'tick', 'tick']);
  });

  it('is ignored at every quick repetition, and works after a pause', () => {
    const [take, other] = [control('Take'), control('Keep')];
    press(take, 0);
    for (const ms of [200, 400, 600, 800]) press(other, ms);
    expect(pressed).toEqual(['Take']);
    press(other, 1400);
    expect(pressed).toEqual(['Take', 'Keep']);
  });

  it('after a slow answer is ignored by a control that has just appeared under the resting pointer', () => {
    press(control('Send'), 0);
    const later = control('Close');
    fire(later, 'pointerover', 3000, AT);
    press(later, 3200);
    expect(pressed).toEqual(['Send']);
    press(later, 4000);
    expect(pressed).toEqual(['Send', 'Close']);
  });

  it('with a finger works half a second later, although the browser reports pointerover only then', () => {
    press(control('Send'), 0, AT, { pointerType: 'touch' });
    const later = control('Close');
    fire(later, 'pointerover', 800, AT, { pointerType: 'touch' });
    press(later, 800, AT, { pointerType: 'touch' });
    expect(pressed).toEqual(['Send', 'Close']);
  });

  it('works after the pointer has moved away or the page was scrolled', () => {
    press(control('first'), 0);
    fire(document.body, 'pointermove', 50, { x: 300, y: 100 });
    press(control('second'), 200);
    fire(document.body, 'wheel', 250, AT);
    press(control('third'), 300);
    expect(pressed).toEqual(['first', 'second', 'third']);
  });

  it('is ignored by the widget after a press on the CRM’s page, whose own controls still work', () => {
    const install = document.body.appendChild(document.createElement('button'));
    const disable = document.body.appendChild(document.createElement('button'));
    for (const one of [install, disable]) one.addEventListener('click', () => pressed.push('native'));
    press(install, 0);
    press(disable, 100);
    press(control('Check'), 200);
    expect(pressed).toEqual(['native', 'native']);
  });

  it('works at once elsewhere, by a key, or on a link', () => {
    press(control('Save'), 0);
    press(control('elsewhere'), 100, { x: 120, y: 100 });
    press(control('by key'), 200, { x: 120, y: 100 }, { detail: 0 });
    press(control('a link', 'link'), 300, { x: 120, y: 100 });
    expect(pressed).toEqual(['Save', 'elsewhere', 'by key', 'a link']);
  });
});

it('a second press works again once the settings are closed', () => {
  leaving.abort();
  press(control('one'), 0);
  press(control('other'), 100);
  expect(pressed).toEqual(['one', 'other']);
});
