/**
 * What people do about a client between them: the words that go with taking him, asking for him, handing him over, giving
 * him back, and the answer to somebody who asks.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Employee } from '../../domain/employee.ts';
import type { Contact } from '../../host/host.ts';
import type { DealAlong } from './along.ts';
import { whomToAsk, type Ask, type AskOutcome } from '../follow-up/ask.ts';
import { receivers, type GiveOutcome } from '../follow-up/hand-over.ts';
import type { CardGiven } from './card-given.ts';
import type { ClientSources } from './sources.ts';

/** `reason`: why a colleague's client is taken. `release`: back to the stand-in owner. */
export type Purpose = 'reason' | 'ask' | 'give' | 'release';

export type ExchangeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly purpose: Purpose }
  | { readonly kind: 'sending'; readonly purpose: Purpose }
  | { readonly kind: 'answered'; readonly outcome: AskOutcome }
  | { readonly kind: 'given'; readonly outcome: GiveOutcome };

export type Exchange = {
  readonly state: ReadonlySignal<ExchangeState>;
  readonly words: Signal<string>;
  /** To whom the client is handed over; empty until chosen. */
  readonly toId: Signal<string>;
  /** Whether the owner is said to be away: then a supervisor is asked. */
  readonly isAway: Signal<boolean>;
  readonly receivers: ReadonlySignal<readonly Employee[]>;
  /** `null`: there is nobody whom one could ask. */
  readonly asked: ReadonlySignal<Employee | null>;
  /** An unanswered question of mine about this client. */
  readonly mine: ReadonlySignal<Ask | null>;
  /** Unanswered questions to me. */
  readonly toMe: ReadonlySignal<readonly Ask[]>;
  readonly open: (purpose: Purpose) => void;
  readonly close: () => void;
  /** Puts the question. */
  readonly ask: () => Promise<void>;
  /** To whoever was chosen. */
  readonly give: () => Promise<void>;
  readonly giveTo: (employeeId: string) => Promise<void>;
  /** `null` when the admin named no stand-in owner: a client cannot be nobody's then. */
  readonly release: (() => Promise<void>) | null;
  readonly grant: (ask: Ask) => Promise<void>;
  readonly refuse: (ask: Ask) => void;
};

/** The question that was just put, until the CRM shows it. */
const put = (state: ExchangeState): Ask | null =>
  state.kind === 'answered' && state.outcome.kind === 'asked' ? (state.outcome.ask ?? null) : null;

/** A question waits for a day; then the CRM shows it as overdue. */
const ANSWER_SECONDS = 24 * 3600;

export function createExchange({
  given,
  sources,
  along,
  ownerId,
  onGiven,
  onLost,
}: {
  readonly given: CardGiven;
  readonly sources: ClientSources;
  readonly along: ReadonlySignal<readonly DealAlong[]>;
  readonly ownerId: ReadonlySignal<string | null>;
  readonly onGiven: (contact: Contact) => void;
  /** Somebody else has the client by now. */
  readonly onLost: (ownerId: string | null) => void;
}): Exchange {
  const { contactId, page, standInOwners, letters, rules } = given;
  const { work } = given.desk;
  const me = page.me.id;
  const state = signal<ExchangeState>({ kind: 'idle' });
  const words = signal('');
  const toId = signal('');
  const isAway = signal(false);
  /** Answered here; the CRM may go on showing them for a moment. */
  const settled = signal<ReadonlySet<string>>(new Set());
  const assignments = computed(() => sources.chat.value()?.roles.assignments ?? null);
  const asks = computed(() =>
    (sources.asks.value() ?? []).filter(({ taskId }) => !settled.value.has(taskId)),
  );
  const asked = computed(() =>
    whomToAsk({
      owner: ownerId.value === null ? undefined : page.employee(ownerId.value),
      isAway: isAway.value,
      me,
      employees: page.employees(),
      assignments: assignments.value ?? [],
      clientChannelIds: sources.channelIds.value,
    }),
  );
  const isMine = ({ fromId }: Ask): boolean => fromId === me;
  const noteOf = (text: string): string | null => (rules.claims.note ? text : null);

  /** My own open deals go along with the client. */
  const send = async (to: string, note: string | null, answers?: Ask): Promise<void> => {
    state.value = { kind: 'sending', purpose: 'give' };
    const mine = along.value.filter(({ whose }) => whose === 'mine');
    const outcome = await work.give(
      { contactId, fromId: me, toId: to },
      { deals: mine.map(({ deal }) => ({ id: deal.id, fromId: me })), note },
      answers && { ask: answers, text: letters.granted() },
    );
    state.value = { kind: 'given', outcome };
    if (outcome.kind === 'not-mine') onLost(outcome.ownerId);
    if (outcome.kind !== 'given') return;
    if (answers) settled.value = new Set([...settled.value, answers.taskId]);
    words.value = '';
    onGiven(outcome.contact);
  };
  const giveTo = async (employeeId: string): Promise<void> => {
    const to = page.employee(employeeId);
    if (to) await send(to.id, noteOf(letters.given(to, words.value)));
  };
  const [standIn] = standInOwners;

  return {
    state,
    words,
    toId,
    isAway,
    receivers: computed(() => {
      const all = { employees: page.employees(), me, standInOwners };
      const known = assignments.value;
      return known
        ? receivers({ ...all, assignments: known, clientChannelIds: sources.channelIds.value })
        : all.employees.filter(({ id, active }) => active && id !== me && !standInOwners.includes(id));
    }),
    asked,
    mine: computed(() => asks.value.find(isMine) ?? put(state.value)),
    toMe: computed(() => asks.value.filter(one => one.toId === me && one.fromId !== me)),
    open(purpose) {
      words.value = '';
      toId.value = '';
      isAway.value = false;
      state.value = { kind: 'writing', purpose };
    },
    close() {
      state.value = { kind: 'idle' };
    },
    async ask() {
      const to = asked.value;
      if (!to) return;
      state.value = { kind: 'sending', purpose: 'ask' };
      const outcome = await work.ask({
        contactId,
        me,
        toId: to.id,
        text: letters.question(words.value),
        dueAt: Math.floor(Date.now() / 1000) + ANSWER_SECONDS,
      });
      const said = { taskId: '', contactId, fromId: me, toId: to.id, words: words.value };
      const isAsked = outcome.kind === 'asked';
      const answered: ExchangeState = {
        kind: 'answered',
        outcome: isAsked ? { kind: 'asked', ask: outcome.ask ?? said } : outcome,
      };
      state.value = answered;
      // From then on the CRM tells, also when it has been answered.
      if (isAsked && (await sources.asks.read())?.some(isMine) && state.value === answered)
        state.value = { kind: 'idle' };
    },
    give: () => giveTo(toId.value),
    giveTo,
    release: standIn === undefined ? null : () => send(standIn, noteOf(letters.released(words.value))),
    async grant(ask) {
      const to = page.employee(ask.fromId);
      if (to) await send(to.id, noteOf(letters.given(to, ask.words)), ask);
    },
    refuse(ask) {
      settled.value = new Set([...settled.value, ask.taskId]);
      work.refuse(ask, letters.refused());
    },
  };
}
