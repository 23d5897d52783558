/**
 * One client as one employee sees them: who is responsible, the state of a press, and what colleagues did in the
 * meantime. Nothing is requested before the person looks or presses, and "mine" is never shown before the CRM has
 * confirmed it. The claim itself outlives this model (claiming.ts), and the server does what follows. This model only
 * shows them.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../../../../domain/ownership.ts';
import type { Dispose } from '../../../host/host.ts';
import type { Failure } from '../../../http/failure.ts';
import { acting, type Trouble } from './acting.ts';
import { planOfClaim } from './after-claim.ts';
import { dealsAlong, movesOf, type DealAlong } from '../../../../domain/deals-along.ts';
import type { CardGiven } from './card-given.ts';
import { isUnsettled, type ClaimState, type ServerStatus, type Running } from '../../claim/press.ts';
import { createClientChat, lastChannel, type ClientChatModel } from './client-chat.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { moveOwn } from './move-own.ts';
import { newsOf, type News } from './news.ts';
import { ownerAfter } from './owner-after.ts';
import { clientSources, type ClientSources } from './sources.ts';
import { readAgain } from './read-again.ts';
import { createUndoing, type Undoing } from './undoing.ts';
import { noticing } from './noticing.ts';
import { permissionOf, type Permission } from './permission.ts';

export type CardState =
  /** The owner as the page shows it, or as last read. */
  | { readonly kind: 'known'; readonly news: News | null }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** Pressed without a connection: nothing was sent. */
  | { readonly kind: 'offline' }
  /** The state of a press. */
  | ClaimState;

export type CardModel = {
  readonly given: CardGiven;
  readonly state: ReadonlySignal<CardState>;
  /** What the server says about my last press. */
  readonly status: ReadonlySignal<ServerStatus>;
  readonly ownership: ReadonlySignal<Ownership>;
  readonly permission: ReadonlySignal<Permission>;
  readonly sources: ClientSources;
  readonly along: ReadonlySignal<readonly DealAlong[]>;
  readonly tick: (dealId: string, comes: boolean) => void;
  readonly exchange: Exchange;
  readonly undoing: Undoing;
  readonly window: ClientChatModel;
  /** A failure that nothing else here shows. */
  readonly trouble: ReadonlySignal<Trouble | null>;
  /** Takes the client. `reason`: why a colleague's client is taken. */
  readonly claim: (reason?: string) => void;
  /** Moves the ticked deals of a client who is mine already. */
  readonly moveDeals: () => void;
  /** Checks at once what became of a press and of what follows. */
  readonly check: () => void;
  /** Reads everything, unless that was a moment ago. */
  readonly look: () => void;
  /** Reads only the owner, because they may have changed. */
  readonly glance: () => void;
  /** Reads everything in any case, because the person asks for it. */
  readonly lookAgain: () => void;
  readonly remove: Dispose;
};

export function createCardModel(given: CardGiven): CardModel {
  const { contactId, page, services, letters } = given;
  const me = page.me.id;
  const { own, claiming } = services;
  /** Read at each use, because the settings may change while the card is open. */
  const seenBy = {
    me,
    employee: page.employee,
    get standInOwners() {
      return own.value.standInOwners;
    },
  };
  const gone = new AbortController();
  const undos: Dispose[] = [];
  const { trouble, act } = acting();
  const openedAt = Date.now();
  let isLookedAt = false;
  let presses = 0;

  const ownerId = signal(given.shownOwner);
  const ownership = computed(() => ownershipOf(ownerId.value, seenBy));
  const state = signal<CardState>({ kind: 'known', news: null });
  /** The press whose status is shown. */
  const shown = signal<Running | null>(null);
  const status = computed((): ServerStatus => shown.value?.status.value ?? { kind: 'none' });
  const ticks = signal<ReadonlyMap<string, boolean>>(new Map());
  const sources = clientSources(services, contactId, page.account.country, gone.signal);
  const permission = computed(() =>
    permissionOf({
      rules: own.value.rules.claims,
      ownership: ownership.value,
      me,
      // Used only once everything is read, so that a button disappears together with the line that explains why.
      assignments: (!sources.isReading.value && sources.chat.value()?.roles.assignments) || null,
      clientChannelIds: sources.channelIds.value,
    }),
  );
  const along = computed(() =>
    dealsAlong({
      deals: sources.deals.value() ?? [],
      rule: own.value.rules.claims.deals,
      clientOwnerId: ownerId.value,
      seenBy,
      ticks: ticks.value,
      thisDealId: given.dealId,
    }),
  );

  undos.push(readAgain({ services, status, sources, isLookedAt: () => isLookedAt }));

  /** A press is under way or its outcome is unknown. Reading now would only interfere. */
  const isUnderWay = (): boolean => isUnsettled(state.value);
  const changed = (to: string | null, news: News | null): void => {
    if (to !== me) undoing.forget();
    ownerId.value = to;
    state.value = { kind: 'known', news };
  };
  const look = async (isWanted = true): Promise<void> => {
    isLookedAt ||= isWanted;
    if (isLookedAt) claiming.lookNow([contactId]);
    // The press under way does its own reading.
    if (isUnderWay()) return isWanted ? undefined : notice.missed();
    const since = presses;
    /** A reading from before a press says nothing about its outcome. */
    const isLate = (): boolean => gone.signal.aborted || presses !== since || isUnderWay();
    const contact = await sources.contact.read();
    const reading = sources.contact.state.value;
    if (isLate()) return;
    if (reading.kind === 'failed') {
      const { failure } = reading;
      if (failure.code === 'missing') state.value = { kind: 'missing' };
      else if (state.value.kind === 'known') state.value = { kind: 'unreadable', failure };
    }
    if (!contact) return;
    undoing.reread();
    if (contact.ownerId !== ownerId.value) {
      // Who changed it and why is read only if the person looks at the card.
      const news = isLookedAt ? await newsOf(services.records, contact, { me, openedAt, letters }) : null;
      if (isLate()) return;
      changed(contact.ownerId, news);
    } else if (state.value.kind === 'unreadable') state.value = { kind: 'known', news: null };
    // The person has not looked at the card, so the owner is enough.
    if (!isLookedAt) return;
    const recalled = claiming.recall(contact, shown.value).catch(() => null);
    const { kind } = ownership.value;
    await sources.readRest(contact, { asks: kind !== 'free', since: kind === 'colleagues' });
    const earlier = await recalled;
    if (earlier && !isLate()) {
      shown.value = earlier;
      follow(earlier, now => now.kind === 'withdrawn');
    }
  };
  const notice = noticing({
    account: page.account.id,
    contactId,
    look: () => act(() => look()),
    glance: () => act(() => look(false)),
  });
  undos.push(notice.remove, page.onChange(contactId, notice.changed));

  let unfollow: Dispose = () => undefined;
  /** Shows the states of a press for which `isShown` is true. */
  const follow = (running: Running, isShown: (now: ClaimState) => boolean): void => {
    unfollow();
    // The card was removed right after the press.
    if (gone.signal.aborted) return;
    unfollow = running.state.subscribe(now => {
      if (!isShown(now)) return;
      state.value = now;
      const owner = ownerAfter(now);
      if (owner !== undefined) ownerId.value = owner;
      if (!isUnderWay()) notice.looked(now.kind === 'mine');
      if (now.kind === 'mine') {
        notice.watchCard();
        sources.contact.know(now.contact);
        if (isLookedAt) act(() => sources.readRest(now.contact));
        // The button will open the chat, which needs the channels.
        else if (services.chat) act(sources.chat.read);
      }
    });
  };
  /** Follows a press that gives the client away or back. The card shows only its outcome. */
  const handOff = (running: Running): void => {
    presses += 1;
    unfollow();
    if (gone.signal.aborted) return;
    unfollow = running.state.subscribe(now => {
      if (now.kind === 'given') {
        shown.value = running;
        changed(now.contact.ownerId, null);
        notice.announce();
      }
      // The notice of why it failed stays on screen.
      if (now.kind === 'changed') {
        ownerId.value = now.contact.ownerId;
        state.value = { kind: 'known', news: null };
      }
      if (now.kind === 'withdrawn') {
        ownerId.value = now.ownerId;
        state.value = now;
      }
    });
  };
  const undoing = createUndoing({ services, me, staff: seenBy, act, onPressed: handOff });
  const exchange = createExchange({ given, sources, along, ownerId, act, onPressed: handOff });

  // A press from before this card was opened may still be under way.
  const running = claiming.of(contactId);
  if (running) {
    shown.value = running;
    follow(running, () => true);
  }
  undos.push(() => unfollow());

  const claim = (reason: string): void => {
    if (isUnderWay()) return;
    if (!navigator.onLine) {
      state.value = { kind: 'offline' };
      return;
    }
    presses += 1;
    const formerId = ownerId.value;
    const former = ownership.value.kind === 'colleagues' ? ownership.value.owner : null;
    const deals = sources.deals.value() === null ? null : movesOf(along.value);
    const plan = planOfClaim(own.value.rules.claims, letters, { deals, former, reason });
    const [pressed] = claiming.press(me, [{ contactId, base: formerId, plan }]);
    if (!pressed) return;
    shown.value = pressed;
    undoing.follow(pressed, formerId);
    // Never unsubscribed, because other tabs must be notified even after the card is removed.
    pressed.state.subscribe(({ kind }) => kind === 'mine' && notice.announce());
    follow(pressed, () => true);
  };
  const lookOnce = (): void => {
    const now = state.value;
    if (isLookedAt || now.kind !== 'mine') {
      notice.look();
      return;
    }
    // The claim has just read the contact.
    isLookedAt = true;
    act(() => sources.readRest(now.contact));
  };

  return {
    given,
    state,
    status,
    ownership,
    permission,
    sources,
    along,
    exchange,
    undoing,
    window: createClientChat(given, sources, lastChannel({ account: page.account.id, person: me }), act),
    trouble,
    tick(dealId, comes) {
      ticks.value = new Map(ticks.value).set(dealId, comes);
    },
    claim: (reason = '') => act(() => claim(reason)),
    moveDeals() {
      const moves = movesOf(along.value);
      act(() => moveOwn({ services, me, sources }, moves), 'deals');
    },
    check: () =>
      act(() => {
        claiming.lookNow([contactId]);
        shown.value?.look();
      }),
    look: () => act(lookOnce),
    lookAgain: () => act(() => look()),
    glance: () => act(() => look(false)),
    remove() {
      gone.abort();
      undos.forEach(undo => undo());
      undoing.remove();
    },
  };
}
