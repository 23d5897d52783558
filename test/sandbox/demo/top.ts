/**
 * The demo's one top page. It owns the world, answers every request of the frames in it through the service worker, and
 * shows three people: the office and two sellers. All of it ends when the page is closed.
 */
import { answer, type Answer } from '../../mocks/answer.ts';
import { wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import type { Language } from '../../world/people.ts';
import { createWorld, type World } from '../../world/world.ts';
import { siteOf } from '../addresses.ts';
import { begin, sites } from '../beginning.ts';
import { element } from '../page/element.ts';
import type { PageFiles } from '../page-files.ts';
import { cookieIn, type Sessions } from '../session.ts';
import { answerWorker } from './answering.ts';
import { addressesIn, CHAT_SERVICE, folderOfHost } from './folder.ts';
import { demoWordsIn } from './words.ts';
import './top.css';

const FOLDER = new URL('.', location.href).href;

async function filesOf(): Promise<{ readonly pages: PageFiles; readonly zip: Uint8Array }> {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const response = await fetch(`${FOLDER}files/${name}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const names: readonly string[] = JSON.parse(new TextDecoder().decode(await read('pages.json')));
  const [zip, ...contents] = await Promise.all(
    ['widget.zip', ...names.map(name => `pages/${name}`)].map(read),
  );
  const files = new Map(names.map((name, at) => [name, contents[at]]));
  return { pages: { file: name => files.get(name) }, zip: zip ?? new Uint8Array() };
}

/** There are no cookies that a page could not read: who asks is told by where he sits. */
function placeSessions(world: World): Sessions {
  const people = new Map<string, number>();
  const hostOf = ({ url }: Request): string => new URL(url).hostname;
  return {
    whoAsks(request) {
      const site = siteOf(request);
      const id = people.get(hostOf(request)) ?? (site.kind === 'crm' ? site.owner : undefined);
      return id !== undefined && world.crm.users.has(id) ? id : undefined;
    },
    logIn(request, employeeId) {
      people.set(hostOf(request), employeeId);
      return {};
    },
    cookie: (_request, name) => cookieIn(document.cookie, name),
  };
}

async function openWorld(language: Language): Promise<void> {
  const addresses = addressesIn(FOLDER);
  const world = createWorld({
    language,
    crmOrigin: location.origin,
    gatewayOrigin: addresses.gateway,
    chatOrigin: addresses.chats,
  });
  const { state } = begin({ world, addresses, sessions: placeSessions(world), ...(await filesOf()) }, {});
  const route = sites(state, CHAT_SERVICE);
  const chatService = wazzupHandlers(world);
  world.watch(() => state.events.send('changed'));
  const services: readonly string[] = Object.values(CHAT_SERVICE);
  const answered = (request: Request): Promise<Answer> =>
    services.includes(new URL(request.url).origin) ? answer(world, chatService, request) : route(request);
  answerWorker(answered, (request, path) => folderOfHost(FOLDER, new URL(request.url).hostname) + path);
}

async function controlled(): Promise<void> {
  const taken = new Promise(resolve => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
  });
  await navigator.serviceWorker.register(`${FOLDER}worker.js`);
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await taken;
}

async function show(language: Language): Promise<void> {
  const words = demoWordsIn(language);
  const stage = document.querySelector('sandbox-stage');
  const places = (['office', 'seller-a', 'seller-b'] as const).map((person, at) => {
    const frame = element('iframe', { title: person, src: `${FOLDER}${person}/`, hidden: at === 2 });
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': String(at !== 2) },
      words.people[person],
    );
    button.addEventListener('click', () => {
      frame.hidden = !frame.hidden;
      button.setAttribute('aria-pressed', String(!frame.hidden));
    });
    return { frame, button };
  });
  const header = element(
    'header',
    {},
    element('p', {}, words.said),
    element(
      'div',
      { class: 'people', role: 'group', 'aria-label': words.shown },
      ...places.map(one => one.button),
    ),
  );
  stage?.after(header, element('main', {}, ...places.map(one => one.frame)));
  document.head.append(element('script', { type: 'module', src: '/assets/stage-bar.js' }));
}

async function start(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  const language = asked.startsWith('ru') ? 'ru' : 'en';
  document.documentElement.lang = language;
  const problem = (text: string): void =>
    document.body.replaceChildren(element('p', { role: 'alert' }, text));
  const words = demoWordsIn(language);
  if (!('serviceWorker' in navigator)) {
    problem(words.insecure);
    return;
  }
  await navigator.locks.request('crm-chat-roles demo', { ifAvailable: true }, async lock => {
    if (!lock) {
      problem(words.openElsewhere);
      return;
    }
    await openWorld(language);
    await controlled();
    await show(language);
    // The lock is this page's for as long as the page lives.
    await new Promise(() => undefined);
  });
}

await start();
