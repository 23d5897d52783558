/**
 * The entry of the pages that Pipedrive frames: a panel beside a person's or a deal's record, the app's settings, and the roles
 * in a window above them. The page's body says which of them it is. Nothing comes before the report to the CRM's page (host/pipedrive/frame.ts).
 */
import { isBlank } from '../domain/blank.ts';
import { cacheOwn } from './account/own-cache.ts';
import { mountCard } from './app/card.tsx';
import { openDealPeople } from './app/deal-people.tsx';
import { openFaces } from './app/faces.tsx';
import { hidesLater } from './app/hides.tsx';
import { mountingWith, type Mounting, type WriteThrough } from './app/mounting.ts';
import { shownIn } from './host/pipedrive/address.ts';
import { openFrame, type Frame } from './host/pipedrive/frame.ts';
import { pipedriveKit } from './host/pipedrive/kit.ts';
import { readPage, type PageAnswer } from './host/pipedrive/page-answer.ts';
import type { OwnWindow } from './host/host.ts';
import { createProof } from './host/pipedrive/proof.ts';
import { followHeight, panelSlots } from './host/pipedrive/slots.ts';
import { firstWords } from './words/first-words.ts';
import type { FaceState } from './framed/Face.tsx';
import type { Dispose } from './host/host.ts';

/** Where our server answers: the page comes from there. */
declare const __CHAT_URL__: string;
const GATEWAY = __CHAT_URL__;
/** Where people let our server act for them, in a tab of its own. */
const ALLOW = new URL('authorize', location.href).href;

function start(main: HTMLElement, surface: string | undefined): void {
  const { search } = location;
  const frame = openFrame(search, () => faces.show({ kind: 'outside' }));
  const [language = 'en'] = navigator.language.split('-');
  const faces = openFaces({ page: frame, language, slot: { parent: main, after: null } });
  const isPanel = surface === 'panel';
  const { proof } = createProof(frame);
  followTheme(frame);
  /** Another person of the deal, once one is chosen. */
  let shown = shownIn(search);
  /** Only the latest one is shown. */
  let openings = 0;
  let people: ReturnType<typeof openDealPeople> | null = null;
  let unmount: Dispose = () => undefined;

  /** Of the roles' page. */
  let own: OwnWindow | null = null;
  let isFollowed = false;
  /** From the first answer on: "Opening" alone would shrink the panel for a moment. */
  const follow = (): void => {
    if (isPanel && !isFollowed) followHeight(main, frame.resize);
    isFollowed = true;
  };

  const read = async (): Promise<PageAnswer | FaceState> => {
    if (isPanel && shown.kind === 'other') return { kind: 'no-client' };
    const page = await readPage(GATEWAY, proof, shown);
    switch (page.kind) {
      case 'read': {
        const { client } = page.answer;
        if (!isPanel) return page.answer;
        if (!client) return { kind: 'hidden' };
        return client.contactId === null && !client.hasOthers ? { kind: 'no-person' } : page.answer;
      }
      case 'not-allowed':
      case 'unknown-account':
        onReturn(again);
        return { kind: page.kind, address: ALLOW, again };
      case 'too-many':
      case 'signed-out':
      case 'failed':
        return { kind: page.kind, again };
    }
  };
  const open = async (): Promise<void> => {
    openings += 1;
    const mine = openings;
    unmount();
    unmount = () => undefined;
    faces.show({ kind: 'opening' });
    const answer = await read();
    if (mine !== openings) return;
    if ('kind' in answer) {
      faces.show(answer);
      return follow();
    }
    const words = await firstWords(answer.locale);
    if (mine !== openings) return;
    document.documentElement.lang = answer.locale;
    const mounting = mountingWith(nameless =>
      pipedriveKit({
        answer,
        frame,
        gateway: GATEWAY,
        allowAddress: ALLOW,
        proof,
        nameless,
        firstWords: words,
      }),
    );
    // An earlier visit may have kept older ones.
    cacheOwn(mounting.kit.page, answer.ownSettings);
    if (isPanel) {
      faces.remove();
      showPeople(mounting, answer.client);
      if (mounting.kit.page.place.kind === 'contact')
        unmount = mountCard(
          { ...mounting, hides: hidesLater(), write: throughServer(mounting) },
          panelSlots(main, frame),
        );
      follow();
      return;
    }
    const { openFramedSettings, openRolesWindow } = await import('./app/framed.tsx');
    faces.remove();
    const slot = { parent: main, after: null };
    await (own ? openRolesWindow(mounting, slot, own) : openFramedSettings(mounting, slot));
  };
  /** Only for a deal. A person's own page already shows the name. */
  const showPeople = (mounting: Mounting, client: PageAnswer['client']): void => {
    if (!client || client.dealId === null) return;
    const { contactId, dealId, hasOthers, name } = client;
    people ??= openDealPeople({
      mounting,
      slot: { parent: main, after: null },
      dealId,
      hasOthers,
      onChoose(id) {
        shown = { kind: 'person', id, dealId };
        again();
      },
    });
    people.show(contactId === null ? null : { id: contactId, name: isBlank(name) ? `#${contactId}` : name });
  };
  const again = (): void =>
    void open().catch(() => {
      faces.show({ kind: 'not-loaded', again });
      follow();
    });

  const begin = async (): Promise<void> => {
    await frame.opened;
    own = surface === 'roles' ? await windowIn(frame) : null;
    again();
  };
  void begin();
}

/** Loads as soon as somebody comes near the button, and once more with a press after it could not be loaded. */
const throughServer =
  ({ kit }: Mounting): WriteThrough =>
  reached => {
    const load = () => import('./app/taking.ts');
    load().catch(() => null);
    return async (...asked) => (await load()).takingOn(kit.page)(reached)(...asked);
  };

async function windowIn(frame: Frame): Promise<OwnWindow> {
  const { fillWindow, ownWindow } = await import('./host/pipedrive/modal.ts');
  void fillWindow(frame);
  return ownWindow(frame, location.search);
}

/** Calls back once, when the person comes back to this tab from another. */
function onReturn(listener: () => void): void {
  const heard = new AbortController();
  const look = (): void => {
    if (document.visibilityState !== 'visible') return;
    heard.abort();
    listener();
  };
  document.addEventListener('visibilitychange', look, { signal: heard.signal });
}

/** The document around our views is ours, too. */
function followTheme({ theme, onTheme }: Pick<Frame, 'theme' | 'onTheme'>): void {
  const follow = (): void => {
    document.documentElement.dataset['theme'] = theme();
  };
  follow();
  onTheme(follow);
}

const main = document.querySelector('main');
if (main) start(main, document.body.dataset['surface']);
