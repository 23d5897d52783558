/**
 * One client as one employee sees them: who is responsible, what a press has come to, and what colleagues did meanwhile. Nothing
 * is asked before the person looks or presses, and "mine" is never said before the CRM has confirmed it. The claim itself
 * outlives this model (claiming.ts), and the server does what follows from it: here they are only shown.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../../../../domain/ownership.ts';
import type { Dispose } from '../../../host/host.ts';
import type { Failure } from '../../../http/failure.ts';
import { acting, type Trouble } from './acting.ts';
import { planOfClaim } from './after-claim.ts';
import { dealsAlong, movesOf, type DealAlong } from '../../../../domain/deals-along.ts';
import type { CardGiven } from './card-given.ts';
import { isUnsettled, type ClaimState, type Report, type Running } from '../../claim/press.ts';
import { createClientChat, lastChannel, type ClientChatModel } from './client-chat.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { moveOwn } from './move-own.ts';
import { newsOf, type News } from './news.ts';
import { settledOwner } from './settled.ts';
import { clientSources, type ClientSources } from './sources.ts';
import { readAgain } from './read-again.ts';
import { createUndoing, type Undoing } from './undoing.ts';
import { noticing } from './noticing.ts';
import { permissionOf, type Permission } from './permission.ts';

export type CardState =
  /** As the page shows it, or as the CRM said when it was last asked. */
  | { readonly kind: 'known'; readonly news: News | null }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** Pressed without a connection: nothing was sent. */
  | { readonly kind: 'offline' }
  /** What a press has come to. */
  | ClaimState;

export type CardModel = {
  readonly given: CardGiven;
  readonly state: ReadonlySignal<CardState>;
  /** What follows from the last change that I made. */
  readonly report: ReadonlySignal<Report>;
  readonly ownership: ReadonlySignal<Ownership>;
  readonly permission: ReadonlySignal<Permission>;
  readonly sources: ClientSources;
  readonly along: ReadonlySignal<readonly DealAlong[]>;
  readonly tick: (dealId: string, comes: boolean) => void;
  readonly exchange: Exchange;
  readonly undoing: Undoing;
  readonly window: ClientChatModel;
  /** What went wrong in a way that nothing else here tells. */
  readonly trouble: ReadonlySignal<Trouble | null>;
  /** Why a colleague's client is taken; empty for none. */
  readonly claim: (reason?: string) => void;
  /** Moves the ticked deals of a client who is mine already. */
  readonly moveDeals: () => void;
  /** Looks at once at what became of a press, and of what follows from it. */
  readonly check: () => void;
  /** Asks the servers, unless that was a moment ago. */
  readonly look: () => void;
  /** Reads whose the client is: somebody says that they may have changed hands. */
  readonly glance: () => void;
  /** Asks the servers in any case: the person wants to know. */
  readonly lookAgain: () => void;
  readonly remove: Dispose;
};

export function createCardModel(given: CardGiven): CardModel {
  const { contactId, page, services, letters } = given;
  const me = page.me.id;
  const { own, claiming } = services;
  /** As it is at each look: the settings may become others while the card is open. */
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
  /** Whose report is shown. */
  const reported = signal<Running | null>(null);
  const report = computed((): Report => reported.value?.report.value ?? { kind: 'none' });
  const ticks = signal<ReadonlyMap<string, boolean>>(new Map());
  const sources = clientSources(services, contactId, page.account.country, gone.signal);
  const permission = computed(() =>
    permissionOf({
      rules: own.value.rules.claims,
      ownership: ownership.value,
      me,
      // Known with all the rest at once: a button that goes leaves its place to the line that explains it.
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

  undos.push(readAgain({ services, report, sources, isLookedAt: () => isLookedAt }));

  /** A press is under way, or waits to be known: readings of ours would only get between. */
  const isUnderWay = (): boolean => isUnsettled(state.value);
  const changed = (to: string | null, news: News | null): void => {
    if (to !== me) undoing.forget();
    ownerId.value = to;
    state.value = { kind: 'known', news };
  };
  const look = async (isWanted = true): Promise<void> => {
    isLookedAt ||= isWanted;
    if (isLookedAt) claiming.lookNow([contactId]);
    // The claim reads what there is to read.
    if (isUnderWay()) return isWanted ? undefined : notice.missed();
    const since = presses;
    /** What was read before a press says nothing about what came of it. */
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
    undoing.known();
    if (contact.ownerId !== ownerId.value) {
      // Who, how and why is read for somebody who looks.
      const news = isLookedAt ? await newsOf(services.records, contact, { me, openedAt, letters }) : null;
      if (isLate()) return;
      changed(contact.ownerId, news);
    } else if (state.value.kind === 'unreadable') state.value = { kind: 'known', news: null };
    // Nobody has asked for more than whose the client is.
    if (!isLookedAt) return;
    const recalled = claiming.recall(contact, reported.value).catch(() => null);
    const { kind } = ownership.value;
    await sources.readRest(contact, { asks: kind !== 'free', since: kind === 'colleagues' });
    const earlier = await recalled;
    if (earlier && !isLate()) {
      reported.value = earlier;
      follow(earlier, now => now.kind === 'withdrawn');
    }
  };
  const notice = noticing({
    account: page.account.id,
    contactId,
    look: () => act(() => look()),
    glance: () => act(() => look(false)),
  });
  undos.push(notice.remove, page.onChange(contactId, notice.hear));

  let unfollow: Dispose = () => undefined;
  /** Shows what a press has come to, if `isShown`. */
  const follow = (running: Running, isShown: (now: ClaimState) => boolean): void => {
    unfollow();
    // Pressed in the moment of leaving.
    if (gone.signal.aborted) return;
    unfollow = running.state.subscribe(now => {
      if (!isShown(now)) return;
      state.value = now;
      const settled = settledOwner(now);
      if (settled !== undefined) ownerId.value = settled;
      if (!isUnderWay()) notice.looked(now.kind === 'mine');
      if (now.kind === 'mine') {
        notice.watchCard();
        sources.contact.know(now.contact);
        if (isLookedAt) act(() => sources.readRest(now.contact));
        // The button opens the chat next.
        else if (services.chat) act(sources.chat.read);
      }
    });
  };
  /** A client who is given to somebody else, or back: the card shows only what came of it. */
  const handOff = (running: Running): void => {
    presses += 1;
    unfollow();
    if (gone.signal.aborted) return;
    unfollow = running.state.subscribe(now => {
      if (now.kind === 'given') {
        reported.value = running;
        changed(now.contact.ownerId, null);
        notice.tell();
      }
      // What was wanted of the client in vain stays to be read.
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

  // A claim that ended before this card was opened is told by the card itself.
  const running = claiming.of(contactId);
  if (running) {
    reported.value = running;
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
    reported.value = pressed;
    undoing.follow(pressed, formerId);
    // Also when the card has been left.
    pressed.state.subscribe(({ kind }) => kind === 'mine' && notice.tell());
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
    report,
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
        reported.value?.look();
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
