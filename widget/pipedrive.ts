/**
 * The entry of the pages that Pipedrive frames: the panel beside a person or a deal, the app's settings, and the roles in a
 * window above the settings. The page's body names its surface. Reporting to the CRM's page comes before everything else
 * (host/pipedrive/frame.ts).
 */
import { isBlank } from '../domain/blank.ts';
import { cacheOwn } from './account/own-cache.ts';
import { mountCard } from './app/card.tsx';
import { openDealPeople } from './app/deal-people.tsx';
import { openFaces, type Faces } from './app/faces.tsx';
import { hidesLater } from './app/hides.tsx';
import { mountingWith, type Mounting, type WriteThrough } from './app/mounting.ts';
import type { FaceState } from './framed/Face.tsx';
import { onceOnReturn } from './framed/on-return.ts';
import type { Dispose, HostRecords, OwnWindow } from './host/host.ts';
import { shownIn, type Shown } from './host/pipedrive/address.ts';
import { openFrame, type Frame } from './host/pipedrive/frame.ts';
import { pipedriveKit } from './host/pipedrive/kit.ts';
import { readPage, type PageAnswer } from './host/pipedrive/page-answer.ts';
import { createProof } from './host/pipedrive/proof.ts';
import { followHeight, panelSlots } from './host/pipedrive/slots.ts';
import { firstWords } from './words/first-words.ts';

/** The path of our server's API. The page comes from the same server. */
declare const __CHAT_URL__: string;
const GATEWAY = __CHAT_URL__;
/** The page, opened in a tab of its own, on which people allow the app. */
const ALLOW = new URL('authorize', location.href).href;

/** The parts of a page that exist before the server has answered. */
type Surroundings = {
  readonly main: HTMLElement;
  readonly frame: Frame;
  readonly faces: Faces;
  readonly proof: HostRecords['proof'];
};

function start(main: HTMLElement, surface: string | undefined): void {
  const frame = openFrame(location.search, () => faces.show({ kind: 'outside' }));
  const [language = 'en'] = navigator.language.split('-');
  const faces = openFaces({ page: frame, language, slot: { parent: main, after: null } });
  const around = { main, frame, faces, proof: createProof(frame).proof };
  followTheme(frame);
  const begin = async (): Promise<void> => {
    await frame.opened;
    if (surface === 'panel') openPanel(around);
    else openAdminPage(around, surface === 'roles' ? await windowIn(frame) : null);
  };
  void begin();
}

/** The panel beside a record. Beside a deal, the seller can choose another of the deal's people. */
function openPanel(around: Surroundings): void {
  const { main, frame, faces } = around;
  let shown = shownIn(location.search);
  /** The number of the latest opening. Answers to earlier ones are dropped. */
  let latest = 0;
  let people: ReturnType<typeof openDealPeople> | null = null;
  let unmount: Dispose = () => undefined;
  let isFollowed = false;
  /** Starts with the first answer. While the panel only says "Opening", its height would jump. */
  const follow = (): void => {
    if (!isFollowed) followHeight(main, frame.resize);
    isFollowed = true;
  };

  const read = async (isLatest: () => boolean): Promise<PageAnswer | FaceState> => {
    if (shown.kind === 'other') return { kind: 'no-client' };
    const answer = await readOrFace(around, shown, () => {
      // The seller may have chosen another person in the meantime.
      if (isLatest()) open();
    });
    if ('kind' in answer) return answer;
    if (!answer.client) return { kind: 'hidden' };
    return answer.client.contactId === null && !answer.client.hasOthers ? { kind: 'no-person' } : answer;
  };
  const show = async (answer: PageAnswer, isLatest: () => boolean): Promise<void> => {
    const mounting = await mountingOf(around, answer);
    if (!isLatest()) return;
    faces.remove();
    showPeople(mounting, answer.client);
    if (mounting.kit.page.place.kind === 'contact')
      unmount = mountCard(
        { ...mounting, hides: hidesLater(), write: throughServer(mounting) },
        panelSlots(main, frame),
      );
  };
  /** Only beside a deal, because a person's own page shows the name. */
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
        open();
      },
    });
    people.show(contactId === null ? null : { id: contactId, name: isBlank(name) ? `#${contactId}` : name });
  };
  function open(): void {
    latest += 1;
    const mine = latest;
    const isLatest = (): boolean => mine === latest;
    unmount();
    unmount = () => undefined;
    faces.show({ kind: 'opening' });
    const opening = async (): Promise<void> => {
      const answer = await read(isLatest);
      if (!isLatest()) return;
      if ('kind' in answer) faces.show(answer);
      else await show(answer, isLatest);
    };
    void opening()
      .catch(() => isLatest() && faces.show({ kind: 'not-loaded', again: open }))
      .finally(follow);
  }
  open();
}

/** The settings or, in a window of its own, the roles. */
function openAdminPage(around: Surroundings, own: OwnWindow | null): void {
  const { main, faces } = around;
  const opening = async (): Promise<void> => {
    faces.show({ kind: 'opening' });
    const answer = await readOrFace(around, shownIn(location.search), open);
    if ('kind' in answer) return faces.show(answer);
    const mounting = await mountingOf(around, answer);
    const { openFramedSettings, openRolesWindow } = await import('./app/framed.tsx');
    faces.remove();
    const slot = { parent: main, after: null };
    await (own ? openRolesWindow(mounting, slot, own) : openFramedSettings(mounting, slot));
  };
  const open = (): void => void opening().catch(() => faces.show({ kind: 'not-loaded', again: open }));
  open();
}

/** The page's answer, or the face that says why there is none. `again` reads once more. */
async function readOrFace(
  { proof }: Surroundings,
  shown: Shown,
  again: () => void,
): Promise<PageAnswer | FaceState> {
  const page = await readPage(GATEWAY, proof, shown);
  switch (page.kind) {
    case 'read':
      return page.answer;
    case 'not-allowed':
    case 'unknown-account':
      return { kind: page.kind, address: ALLOW, again: onceOnReturn(again) };
    case 'too-many':
    case 'signed-out':
    case 'failed':
      return { kind: page.kind, again };
  }
}

async function mountingOf({ frame, proof }: Surroundings, answer: PageAnswer): Promise<Mounting> {
  const words = await firstWords(answer.locale);
  document.documentElement.lang = answer.locale;
  const given = { answer, frame, gateway: GATEWAY, allowAddress: ALLOW, proof, firstWords: words };
  const mounting = mountingWith(nameless => pipedriveKit({ ...given, nameless }));
  // Replaces older settings that an earlier visit may have cached.
  cacheOwn(mounting.kit.page, answer.ownSettings);
  return mounting;
}

/** Loads as soon as the pointer or focus comes near the button. A press after a failed load tries again. */
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

/** The whole document is ours, so it takes the theme as well as our views do. */
function followTheme({ theme, onTheme }: Pick<Frame, 'theme' | 'onTheme'>): void {
  const follow = (): void => {
    document.documentElement.dataset['theme'] = theme();
  };
  follow();
  onTheme(follow);
}

const main = document.querySelector('main');
if (main) start(main, document.body.dataset['surface']);
