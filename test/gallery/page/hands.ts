/** What a person does in a view. Finds controls by the words on the screen, and waits until they appear. */
import type { ParseKeys } from 'i18next';
import { language, words } from './languages.ts';

export type Key = ParseKeys;

const PATIENCE_MS = 15_000;

/** Waits until `look` returns a truthy value, and returns that value. Throws after `PATIENCE_MS`. */
export async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  const start = performance.now();
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() - start > PATIENCE_MS)
      throw new Error(`Waited in vain for ${String(look)}\n${said()}`);
    await new Promise(requestAnimationFrame);
  }
}

/** The shadow roots of the widget's views. */
export const roots = (): readonly ShadowRoot[] =>
  [...document.querySelectorAll('body *')].flatMap(element => element.shadowRoot ?? []);
const all = (selector: string): readonly HTMLElement[] =>
  roots().flatMap(root => Array.from(root.querySelectorAll<HTMLElement>(selector)));
const said = (): string =>
  roots()
    .map(root => root.textContent)
    .join('\n');

/** The fixed parts of a sentence, without its placeholders. */
const gist = (key: Key): readonly string[] =>
  words(key)
    .split(/\{\{.*?\}\}/)
    .filter(part => part.trim() !== '');
const has = (text: string, key: Key): boolean => gist(key).every(part => text.includes(part));

/** Waits until the sentence is shown anywhere. */
export const see = (key: Key): Promise<boolean> => until(() => has(said(), key));
export const isSaid = (key: Key): boolean => has(said(), key);

/** Presses the last button with this text, because the topmost view comes last in the document. */
export async function press(key: Key): Promise<void> {
  const button = await until(() => {
    const found = all('button, summary').findLast(one => has(one.textContent, key));
    return found && !found.matches(':disabled') && found;
  });
  button.click();
}

/** Presses the view's primary button. It is found by its style, because its text may contain a number. */
export async function pressMain(): Promise<void> {
  const button = await until(() => all('.button-primary').findLast(one => !one.matches(':disabled')));
  button.click();
}

/** Clicks a control in the row of the employee with this name. */
export async function inRow(name: string, selector: string): Promise<void> {
  const control = await until(() => all(`[data-employee][aria-label^="${name}"] ${selector}`)[0]);
  control.click();
}

export async function choose(selector: string, value: string): Promise<void> {
  const select = await until(() => all(selector)[0]);
  if (!(select instanceof HTMLSelectElement)) throw new TypeError(`${selector} is not a list`);
  select.dispatchEvent(new Event('focus'));
  await until(() => [...select.options].some(one => one.value === value));
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

export async function write(selector: string, text: string): Promise<void> {
  const field = await until(() => all(selector)[0]);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
    throw new TypeError(`${selector} is not a text field`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

export const locale = (): string => (language.value === 'pseudo' ? 'en' : language.value);
