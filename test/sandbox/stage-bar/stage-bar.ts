/**
 * The bar above the emulated CRM: the current person, links to the other people, and the control panel. It has its own
 * shadow root, which neither the CRM's styles nor a widget affects. Frames do not have it.
 */
import { ask } from '../page/ask.ts';
import { element, icon } from '../page/element.ts';
import { flyout } from '../page/flyout.ts';
import { ICONS } from '../page/icons.ts';
import { LACKING } from '../page/gaps.ts';
import { stateSchema, type StageState } from '../wire/stage.ts';
import { controlPanel } from './control-panel.ts';
import { stageWordsIn, type StageWords } from './words.ts';
import './stage-bar.css';

const readState = (): Promise<StageState> => ask('/_stage/state', stateSchema);

async function start(host: HTMLElement): Promise<void> {
  const root = host.attachShadow({ mode: 'open' });
  const state = await readState();
  const words = stageWordsIn(state.language);
  const { panel, show } = controlPanel(words, readState);
  const lacking = element('details', { class: 'lacking', open: true, hidden: true });
  const showLacking = (names: readonly string[]): void => {
    lacking.hidden = names.length === 0;
    lacking.replaceChildren(
      element('summary', {}, `${words.lacking}: ${names.length}`),
      element('ul', {}, ...names.map(name => element('li', {}, name))),
    );
  };
  showLacking(state.lacking);
  document.addEventListener(LACKING, () => void readState().then(next => showLacking(next.lacking)));
  const opener = element('button', { type: 'button', class: 'stage' }, words.stage);
  flyout(opener, panel, () => void show());
  root.append(
    element('link', { rel: 'stylesheet', href: '/assets/stage-bar.css' }),
    element(
      'section',
      { class: 'bar', 'aria-label': words.bar },
      element('span', { class: 'badge' }, words.badge),
      element('span', { class: 'me' }, `${words.you}: `, element('strong', {}, state.me.name)),
      people(state, words),
      gateway(state.gateway, words),
      opener,
    ),
    lacking,
    panel,
  );
}

function people({ addresses }: StageState, words: StageWords): HTMLElement {
  const links: readonly (readonly [string, string])[] = [
    [`${addresses.office}/`, words.office],
    [`${addresses['seller-a']}/`, words.sellerA],
    [`${addresses['seller-b']}/`, words.sellerB],
    [`${addresses.office}/side-by-side`, words.sideBySide],
  ];
  const here = location.pathname === '/side-by-side' ? location.href : `${location.origin}/`;
  return element(
    'nav',
    { 'aria-label': words.bar },
    ...links.map(([href, word]) =>
      element('a', { href, ...(href === here ? { 'aria-current': 'page' } : {}) }, word),
    ),
  );
}

function gateway(address: string, words: StageWords): HTMLElement {
  const copy = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': words.copy, title: words.copy },
    icon(ICONS.copy),
  );
  const copied = async (): Promise<void> => {
    await navigator.clipboard.writeText(address);
    copy.replaceChildren(icon(ICONS.tasks));
    copy.title = words.copied;
  };
  copy.addEventListener('click', () => void copied());
  return element('span', { class: 'gateway' }, `${words.gateway}: `, element('code', {}, address), copy);
}

const host = document.querySelector<HTMLElement>('sandbox-stage');
if (host && window.top === window) void start(host);
else host?.remove();
