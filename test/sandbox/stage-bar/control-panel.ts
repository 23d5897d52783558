/** The possible events on the stage, as buttons. */
import * as v from 'valibot';
import { OFFICE } from '../../world/people.ts';
import { ask } from '../page/ask.ts';
import { element } from '../page/element.ts';
import { ACCIDENTS, KEY_KINDS, type StageState } from '../wire/stage.ts';
import { choice, group, press, toggle } from './controls.ts';
import { outsideGroups } from './outside-panel.ts';
import type { StageWords } from './words.ts';

const SIZES = ['5', String(OFFICE), '50', '500'];
/** Seconds. */
const LAGS = ['0', '3', '15'];

/** Call `show` at each opening. It reads the state again, as each action does. */
export function controlPanel(
  words: StageWords,
  readState: () => Promise<StageState>,
): { readonly panel: HTMLElement; readonly show: () => Promise<void> } {
  const panel = element('div', {
    id: 'stage-panel',
    class: 'panel',
    role: 'dialog',
    'aria-label': words.stage,
  });
  const act = async (action: string, body: object = {}): Promise<void> => {
    await ask(`/_stage/${action}`, v.unknown(), body);
    await show();
  };
  const actAndReload = async (action: string, body: object = {}): Promise<void> => {
    await act(action, body);
    location.reload();
  };
  const show = async (): Promise<void> => {
    const state = await readState();
    panel.replaceChildren(
      group(
        words.client,
        press(words.clientWrites, () => act('client'), 'primary'),
        press(words.later, () => act('later')),
        press(words.deals, () => act('deals', { place: location.pathname }), 'add'),
        ...(['seller-a', 'seller-b'] as const).map(to =>
          press(words.handOver[to], () => act('hand-over', { place: location.pathname, to }), 'add'),
        ),
        choice(words.lag, LAGS, String(state.eventLagSeconds), seconds =>
          act('lag', { seconds: Number(seconds) }),
        ),
      ),
      group(
        words.account,
        choice(words.size, SIZES, String(state.size), size =>
          actAndReload('account', { size: Number(size) }),
        ),
        choice(words.language, ['ru', 'en'], state.language, language =>
          actAndReload('account', { language }),
        ),
        toggle(words.filters, state.filtersLists, on => act('filters', { on })),
        press(words.startOver, () => actAndReload('account')),
        press(words.furnish, () => actAndReload('furnish')),
      ),
      ...(location.pathname === '/side-by-side' ? [] : [group(words.theme, themeChoice(words))]),
      group(
        words.neighbour,
        toggle(words.hostile, state.hostile, on => actAndReload('hostile', { on })),
        toggle(words.safeMode, state.safeMode, on => actAndReload('safe-mode', { on })),
        press(words.freshLists, () => act('fresh-lists')),
      ),
      group(
        words.key,
        choice(
          words.key,
          KEY_KINDS,
          state.keyKind,
          kind => act('key', { kind }),
          kind => words.keys[kind],
        ),
      ),
      group(
        words.accidents,
        ...ACCIDENTS.map(name => press(words.accident[name], () => act('accident', { name }), 'add')),
        waiting(state, words, () => act('calm')),
      ),
      ...outsideGroups(words, state.outside, act),
    );
  };
  return { panel, show };
}

function waiting(state: StageState, words: StageWords, calm: () => Promise<void>): HTMLElement {
  if (state.waiting.length === 0) return element('p', { class: 'quiet' }, words.nothingWaits);
  const names = state.waiting
    .map(name => ACCIDENTS.find(one => one === name))
    .map((known, at) => (known ? words.accident[known] : (state.waiting[at] ?? '')));
  return element(
    'section',
    { class: 'waiting', 'aria-label': words.waiting },
    element('strong', {}, words.waiting),
    listOf(names),
    press(words.calm, calm),
  );
}

const listOf = (texts: readonly string[]): HTMLElement =>
  element('ul', {}, ...texts.map(text => element('li', {}, text)));

/** The CRM's own mechanism: an attribute of the page, and a cookie for the next one. */
function themeChoice(words: StageWords): HTMLElement {
  const root = document.documentElement;
  const names: Record<string, string> = { light: words.light, dark: words.dark };
  return choice(
    words.theme,
    ['light', 'dark'],
    root.dataset['colorScheme'] ?? 'light',
    async scheme => {
      root.dataset['colorScheme'] = scheme;
      document.cookie = `theme=${scheme === 'dark' ? 2 : 1}; path=/`;
    },
    scheme => names[scheme] ?? scheme,
  );
}
