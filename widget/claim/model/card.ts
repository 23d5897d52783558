/**
 * One client as one employee sees them: who is responsible, what a press has come to, and what colleagues did meanwhile. Nothing
 * is asked before the person looks or presses, and "mine" is never said before the CRM has confirmed it. The claim itself
 * and what follows from it outlive this model (settling.ts, outbox.ts): here they are only shown.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { isOneOf } from '../../../domain/one-of.ts';
import { ownershipOf, type Ownership } from '../../../domain/ownership.ts';
import type { Contact, Undo } from '../../host/host.ts';
import type { Failure } from '../../http/failure.ts';
import { acting, type Trouble } from './acting.ts';
import { toldBy, usualMoves } from './after-claim.ts';
import { dealsAlong, movesOf, type DealAlong } from '../../../domain/deals-along.ts';
import type { CardGiven } from './card-given.ts';
import { isOpenEnded, type Settling } from '../race/press.ts';
import { moving } from '../follow-up/hand-over.ts';
import { createClientChat, lastChannel, type ClientChatModel } from './client-chat.ts';
import { createExchange, type Exchange } from './exchange.ts';
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
  | Settling;

export type CardModel = {
  readonly given: CardGiven;
  readonly state: ReadonlySignal<CardState>;
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
  /** Looks at once at what became of a press. */
  readonly check: () => void;
  /** Asks the servers, unless that was a moment ago. */
  readonly look: () => void;
  /** Asks the servers in any case: the person wants to know. */
  readonly lookAgain: () => void;
  readonly remove: Undo;
};

export function createCardModel(given: CardGiven): CardModel {
  const { contactId, page, desk, letters } = given;
  const me = page.me.id;
  const { own } = desk;
  /** As it is at each look: the settings may become others while the card is open. */
  const seenBy = {
    me,
    employee: page.employee,
    get standInOwners() {
      return own.value.standInOwners;
    },
  };
  const gone = new AbortController();
  const undos: Undo[] = [];
  const { trouble, act } = acting();
  const openedAt = Date.now();
  let isLookedAt = false;
  let presses = 0;

  const ownerId = signal(given.shownOwner);
  const ownership = computed(() => ownershipOf(ownerId.value, seenBy));
  const state = signal<CardState>({ kind: 'known', news: null });
  const ticks = signal<ReadonlyMap<string, boolean>>(new Map());
  const sources = clientSources(desk, contactId, page.account.country, gone.signal);
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

  undos.push(readAgain({ desk, contactId, sources, isLookedAt: () => isLookedAt }));

  /** A press is under way, or waits to be known: readings of ours would only get between. */
  const isUnsettled = (): boolean => isOneOf(state.value.kind, ['writing', 'checking', 'unknown']);
  const changed = (to: string | null, news: News | null): void => {
    if (to !== me) undoing.forget();
    ownerId.value = to;
    state.value = { kind: 'known', news };
  };
  const look = async (): Promise<void> => {
    isLookedAt = true;
    // The claim reads what there is to read.
    if (isUnsettled()) return;
    const since = presses;
    /** What was read before a press says nothing about what came of it. */
    const isLate = (): boolean => gone.signal.aborted || presses !== since || isUnsettled();
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
      const news = await newsOf(desk.records, contact, { me, openedAt, letters });
      if (isLate()) return;
      changed(contact.ownerId, news);
    } else if (state.value.kind === 'unreadable') state.value = { kind: 'known', news: null };
    await sources.readRest(contact, ownership.value.kind !== 'free');
  };
  const notice = noticing({
    account: page.account.id,
    contactId,
    look: () => act(look),
  });
  undos.push(notice.remove);

  const onGiven = (contact: Contact): void => {
    changed(contact.ownerId, null);
    notice.tell();
  };
  /** What was wanted of the client in vain stays to be read. */
  const onLost = (to: string | null): void => {
    ownerId.value = to;
    state.value = { kind: 'known', news: null };
  };
  const undoing = createUndoing({ desk, me, staff: seenBy, act, onGiven, onLost });
  const exchange = createExchange({ given, sources, along, ownerId, act, onGiven, onLost });

  let unfollow: Undo = () => undefined;
  const follow = (settling: ReadonlySignal<Settling>): void => {
    unfollow();
    // Pressed in the moment of leaving.
    if (gone.signal.aborted) return;
    unfollow = settling.subscribe(now => {
      state.value = now;
      const settled = settledOwner(now, me);
      if (settled !== undefined) ownerId.value = settled;
      if (!isUnsettled()) notice.looked();
      if (now.kind === 'mine') {
        notice.watchCard();
        sources.contact.know(now.contact);
        if (isLookedAt) act(() => sources.readRest(now.contact, false));
        // The button opens the chat next.
        else if (desk.chat) act(sources.chat.read);
      }
    });
  };
  const running = desk.settlings.of(contactId);
  // A claim that ended before this card was opened is told by the card itself.
  if (running && isOpenEnded(running.peek())) follow(running);
  undos.push(() => unfollow());

  const claim = (reason: string): void => {
    if (isUnsettled()) return;
    if (!navigator.onLine) {
      state.value = { kind: 'offline' };
      return;
    }
    presses += 1;
    const formerOwnerId = ownerId.value;
    const former = ownership.value.kind === 'colleagues' ? ownership.value.owner : null;
    const moves = sources.deals.value() === null ? null : movesOf(along.value);
    const told = toldBy(own.value.rules.claims, letters, former, reason);
    const settling = desk.settlings.press({
      contactId,
      basedOn: formerOwnerId,
      fromColleague: former !== null && !(state.value.kind === 'taken' && state.value.iWasFirst),
    });
    // Goes on when the card has been left: whatever became mine has to be told to the chat service.
    undoing.follow(settling, {
      contactId,
      formerOwnerId,
      moves,
      movesOf: ({ dealIds }) =>
        usualMoves({
          dealIds,
          read: desk.records.deals,
          rule: own.value.rules.claims.deals,
          clientOwnerId: formerOwnerId,
          seenBy,
        }),
      told,
      onMine: notice.tell,
    });
    follow(settling);
  };
  const lookOnce = (): void => {
    const now = state.value;
    if (isLookedAt || now.kind !== 'mine') {
      notice.look();
      return;
    }
    // The claim has just read the contact.
    isLookedAt = true;
    act(() => sources.readRest(now.contact, false));
  };

  return {
    given,
    state,
    ownership,
    permission,
    sources,
    along,
    exchange,
    undoing,
    window: createClientChat(
      given,
      sources,
      lastChannel(`crm-chat-roles:last-channel:${page.account.id}:v1:${me}`),
      act,
    ),
    trouble,
    tick(dealId, comes) {
      ticks.value = new Map(ticks.value).set(dealId, comes);
    },
    claim: (reason = '') => act(() => claim(reason)),
    moveDeals: () => act(() => desk.work.outbox.add(moving(contactId, me, me, movesOf(along.value)))),
    check: () => act(() => desk.settlings.lookNow(contactId)),
    look: () => act(lookOnce),
    lookAgain: () => act(look),
    remove() {
      gone.abort();
      undos.forEach(undo => undo());
      undoing.remove();
    },
  };
}
