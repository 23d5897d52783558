/**
 * The emulated page of Pipedrive: a record with the app's panel in its left column, or the app's settings. It shows the
 * data of its document and does not follow later changes, because it is not known whether the CRM's own page does.
 */
import * as v from 'valibot';
import { element } from '../../page/element.ts';
import { bootSchema, type Boot } from './boot.ts';
import type { Observed } from './observed.ts';
import { createFrames, type Frames } from './services.ts';
import './page.css';

/** The height of a panel before it requests another one (inferred). */
const FIRST_HEIGHT = 360;
const PANEL_NAME = 'app-panel';

const observed: Observed = { calls: [], complaints: [], lacking: [] };
window.uiHost = observed;

const boot = v.parse(bootSchema, JSON.parse(document.querySelector('#boot')?.textContent ?? ''));
const frames = createFrames(boot, observed);
const { record } = boot;

document.body.append(head(), record ? recordPage(record) : settingsPage());
const theme = (next: Boot['theme']): void => {
  document.documentElement.dataset['theme'] = next;
  frames.setTheme(next);
};
document.documentElement.dataset['theme'] = boot.theme;

function head(): HTMLElement {
  const toDark = element('button', { type: 'button', onclick: () => theme('dark') }, 'Dark theme');
  const toLight = element('button', { type: 'button', onclick: () => theme('light') }, 'Light theme');
  const place = record ? record.title : 'Marketplace apps';
  return element(
    'header',
    { class: 'head' },
    element('strong', {}, boot.company.name),
    element('span', {}, place),
    element('span', { class: 'me' }, face(boot.me.name), boot.me.name),
    element('span', { class: 'theme' }, toLight, toDark),
  );
}

/** The first letters of a person's names. */
function face(name: string): HTMLElement {
  const letters = name.split(' ').map(([first = '']) => first);
  return element('span', { class: 'face', 'aria-hidden': 'true' }, letters.slice(0, 2).join(''));
}

function recordPage({ resource, id, title, owner, lines }: NonNullable<Boot['record']>): HTMLElement {
  const details = element(
    'section',
    { class: 'box', 'aria-label': 'Details' },
    element('h2', {}, face(title), title),
    element('p', { class: 'owner' }, `Owner: ${owner}`),
    ...lines.map(line => element('p', {}, line)),
  );
  return element(
    'div',
    { class: 'record' },
    element('aside', { class: 'left' }, details, panel(frames, resource, id)),
    element(
      'main',
      { class: 'feed' },
      element('h1', {}, title),
      element('p', { class: 'box empty' }, 'No activities, notes or e-mails yet'),
    ),
  );
}

function panel(frames: Frames, resource: string, id: number): HTMLElement {
  const body = element('div', { class: 'panel-body', id: PANEL_NAME });
  const toggle = element(
    'button',
    { type: 'button', class: 'panel-toggle', 'aria-expanded': 'true', 'aria-controls': PANEL_NAME },
    boot.app.name,
  );
  const box = element('section', { class: 'box', 'aria-label': boot.app.name }, toggle, body);
  const address = new URL(boot.app.panel);
  const told = { resource, view: 'details', selectedIds: String(id) };
  for (const [name, value] of Object.entries(told)) address.searchParams.set(name, value);
  void (async () => {
    const app = await frames.open({
      surface: 'panel',
      title: boot.app.name,
      address: address.href,
      onSize({ height }) {
        if (height !== undefined) app.frame.style.height = `${height}px`;
      },
      onSilent: () => box.append(element('p', { class: 'silent' }, 'The app did not load.')),
    });
    app.frame.style.height = `${FIRST_HEIGHT}px`;
    body.append(app.frame);
    toggle.addEventListener('click', () => {
      const isVisible = toggle.getAttribute('aria-expanded') !== 'true';
      toggle.setAttribute('aria-expanded', String(isVisible));
      // The frame stays loaded while it is folded.
      body.hidden = !isVisible;
      app.emit('visibility', { is_visible: isVisible, context: { invoker: 'user' } });
    });
  })();
  return box;
}

function settingsPage(): HTMLElement {
  const main = element('main', { class: 'settings' }, element('h1', {}, boot.app.name));
  void (async () => {
    const app = await frames.open({
      surface: 'settings',
      title: boot.app.name,
      address: boot.app.settings,
      onSize: () => undefined,
      onSilent: () => main.append(element('p', { class: 'silent' }, 'The app did not load.')),
    });
    main.append(app.frame);
  })();
  return main;
}
