/**
 * What colleagues arrange about a client: give a reason for taking them, ask for them, hand them over, give them back,
 * and answer a question.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Employee } from '../../../../domain/employee.ts';
import type { Dispose } from '../../../host/host.ts';
import { conclude } from '../../../work/attempt.ts';
import { isBusy, NO_PLAN, type ClaimState, type Running } from '../../claim/press.ts';
import type { Act } from './acting.ts';
import type { DealAlong } from '../../../../domain/deals-along.ts';
import { ask as putQuestion, whomToAsk, type Ask, type AskOutcome } from '../../colleagues/ask.ts';
import { receivers } from '../../colleagues/receivers.ts';
import type { CardGiven } from './card-given.ts';
import type { ClientSources } from './sources.ts';

/** `reason`: why a colleague's client is taken. `release`: back to the stand-in owner. */
export type Purpose = 'reason' | 'ask' | 'give' | 'release';

export type ExchangeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing'; readonly purpose: Purpose }
  /** `answer`: to a question, without words. `check`: reads whether a question has arrived. */
  | { readonly kind: 'sending'; readonly purpose: Purpose | 'answer' | 'check' }
  /** `again`: tries again, or checks when the outcome is unknown. */
  | { readonly kind: 'answered'; readonly outcome: AskOutcome; readonly again: () => void }
  | { readonly kind: 'given'; readonly outcome: ClaimState; readonly again: () => void };

export type Exchange = {
  readonly state: ReadonlySignal<ExchangeState>;
  readonly words: Signal<string>;
  /** The colleague who gets the client; empty until chosen. */
  readonly toId: Signal<string>;
  /** Whether the person says that the owner is away. Then a supervisor is asked. */
  readonly isAway: Signal<boolean>;
  readonly receivers: ReadonlySignal<readonly Employee[]>;
  /** The colleague who would be asked; `null` if there is none. */
  readonly asked: ReadonlySignal<Employee | null>;
  /** My open question about this client. */
  readonly mine: ReadonlySignal<Ask | null>;
  /** Open questions to me. */
  readonly toMe: ReadonlySignal<readonly Ask[]>;
  readonly open: (purpose: Purpose) => void;
  readonly close: () => void;
  /** Sends the question. */
  readonly ask: () => void;
  /** Hands the client over to the chosen colleague. */
  readonly give: () => void;
  /** `null` if the admin named no stand-in owner to give the client back to. */
  readonly release: (() => void) | null;
  readonly grant: (ask: Ask) => void;
  readonly refuse: (ask: Ask) => void;
};

/** The question that was just sent, until the CRM shows it. */
const justAsked = (state: ExchangeState): Ask | null =>
  state.kind === 'answered' && state.outcome.kind === 'asked' ? (state.outcome.ask ?? null) : null;

/** After a day the CRM shows an open question as overdue. */
const ANSWER_SECONDS = 24 * 3600;

export function createExchange({
  given,
  sources,
  along,
  ownerId,
  act,
  onPressed,
}: {
  readonly given: CardGiven;
  readonly sources: ClientSources;
  readonly along: ReadonlySignal<readonly DealAlong[]>;
  readonly ownerId: ReadonlySignal<string | null>;
  readonly act: Act;
  /** Called with each press, so that the card can follow it. */
  readonly onPressed: (running: Running) => void;
}): Exchange {
  const { contactId, page, letters } = given;
  const { claiming, records, own } = given.services;
  const me = page.me.id;
  const state = signal<ExchangeState>({ kind: 'idle' });
  const words = signal('');
  const toId = signal('');
  const isAway = signal(false);
  /** Task ids of questions answered here. The CRM may show them for another moment. */
  const answeredIds = signal<ReadonlySet<string>>(new Set());
  const assignments = computed(() => sources.chat.value()?.roles.assignments ?? null);
  const asks = computed(() =>
    (sources.asks.value() ?? []).filter(({ taskId }) => !answeredIds.value.has(taskId)),
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
  const noteOf = (text: string): string | null => (own.value.rules.claims.note ? text : null);
  const markAnswered = ({ taskId }: Ask, isAnswered: boolean): void => {
    const others = [...answeredIds.value].filter(id => id !== taskId);
    answeredIds.value = new Set(isAnswered ? [...others, taskId] : others);
  };

  let unfollow: Dispose = () => undefined;
  const show = (to: ExchangeState): void => {
    unfollow();
    state.value = to;
  };
  /** My own open deals go along with the client. Safe to repeat, because the CRM is read first. */
  const send = (purpose: Purpose | 'answer', to: string, note: string | null, answers?: Ask): void => {
    const again = (): void => act(() => send(purpose, to, note, answers));
    const mine = along.value.filter(({ whose }) => whose === 'mine');
    const deals = mine.map(({ deal }) => ({ id: deal.id, fromId: me }));
    const answer = answers ? { taskId: answers.taskId, text: letters.granted() } : null;
    const plan = { ...NO_PLAN, deals, note, answer };
    const [running] = claiming.press(to, [{ contactId, base: me, plan }]);
    if (!running) return;
    onPressed(running);
    unfollow();
    unfollow = running.state.subscribe(now => {
      state.value = isBusy(now) ? { kind: 'sending', purpose } : { kind: 'given', outcome: now, again };
      if (now.kind !== 'given') return;
      if (answers) markAnswered(answers, true);
      words.value = '';
    });
  };
  const giveTo = (purpose: 'give' | 'answer', toId: string, said: string, answers?: Ask): void =>
    send(purpose, toId, noteOf(letters.given(toId, said)), answers);

  /** The question may have arrived, so the tasks are read before it can be sent again. */
  const check = (unknown: ExchangeState, missing: ExchangeState): void =>
    void conclude<ExchangeState>(
      state,
      { kind: 'sending', purpose: 'check' },
      async () => {
        const asks = await sources.asks.read();
        if (!asks) return unknown;
        return asks.some(isMine) ? { kind: 'idle' } : missing;
      },
      () => unknown,
    );
  const ask = (to: Employee): void => {
    const said = { taskId: '', contactId, fromId: me, toId: to.id, words: words.value };
    const answered = (outcome: AskOutcome): ExchangeState => {
      const next: ExchangeState = {
        kind: 'answered',
        outcome,
        again: () =>
          outcome.kind === 'unknown' ? check(next, answered({ ...outcome, kind: 'failed' })) : ask(to),
      };
      return next;
    };
    void conclude<ExchangeState>(
      state,
      { kind: 'sending', purpose: 'ask' },
      async () => {
        const outcome = await putQuestion(records, {
          contactId,
          me,
          toId: to.id,
          text: letters.question(said.words),
          dueAt: Math.floor(Date.now() / 1000) + ANSWER_SECONDS,
        });
        if (outcome.kind !== 'asked') return answered(outcome);
        const next = answered({ kind: 'asked', ask: outcome.ask ?? said });
        // Once the CRM shows the question, its task decides what is shown, also when it has been answered.
        act(async () => {
          if ((await sources.asks.read())?.some(isMine) && state.value === next)
            state.value = { kind: 'idle' };
        });
        return next;
      },
      failure => answered({ kind: 'unknown', failure }),
    );
  };

  return {
    state,
    words,
    toId,
    isAway,
    receivers: computed(() => {
      const { standInOwners } = own.value;
      const all = { employees: page.employees(), me, standInOwners };
      const known = assignments.value;
      return known
        ? receivers({ ...all, assignments: known, clientChannelIds: sources.channelIds.value })
        : all.employees.filter(({ id, active }) => active && id !== me && !standInOwners.includes(id));
    }),
    asked,
    mine: computed(() => asks.value.find(isMine) ?? justAsked(state.value)),
    toMe: computed(() => asks.value.filter(one => one.toId === me && one.fromId !== me)),
    open(purpose) {
      words.value = '';
      toId.value = '';
      isAway.value = false;
      show({ kind: 'writing', purpose });
    },
    close: () => show({ kind: 'idle' }),
    ask: () => act(() => asked.value && ask(asked.value)),
    give: () => act(() => giveTo('give', toId.value, words.value)),
    get release() {
      const [standIn] = own.value.standInOwners;
      return standIn === undefined
        ? null
        : () => act(() => send('release', standIn, noteOf(letters.released(words.value))));
    },
    grant: answers => act(() => giveTo('answer', answers.fromId, answers.words, answers)),
    refuse: answers =>
      act(async () => {
        markAnswered(answers, true);
        try {
          await records.completeTask(answers.taskId, letters.refused());
        } catch (thrown) {
          markAnswered(answers, false);
          throw thrown;
        }
      }),
  };
}
