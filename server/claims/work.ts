/**
 * The follow-up work of a claim, as stored: the page's plan and its steps. It contains texts that people wrote, so it is
 * sealed.
 */
import * as v from 'valibot';
import type { ClaimPlan } from '../../domain/claim-plan.ts';
import type { DealFate, FollowUp } from './follow-up.ts';

/**
 * - `waiting`: to be done, or tried again
 * - `done`
 * - `refused`: the person's rights do not allow it
 * - `failed`: given up
 * - `void`: there is nothing to do
 */
export type StepState = 'waiting' | 'done' | 'refused' | 'failed' | 'void';
export type Step = {
  readonly followUp: FollowUp;
  readonly state: StepState;
  /** When it may have been sent; null: certainly not sent. Milliseconds since the epoch, like `dueAt`. */
  readonly sentAt: number | null;
  readonly dueAt: number;
  readonly tries: number;
  readonly deals: readonly DealFate[];
};
export type Work = {
  readonly plan: ClaimPlan;
  /** Null until the claim counts. */
  readonly steps: readonly Step[] | null;
};

export const newWork = (plan: ClaimPlan): Work => ({ plan, steps: null });

const text = v.string();
const owner = v.nullable(text);
const moves = v.nullable(v.array(v.object({ id: text, fromId: owner })));
const who = { contactId: text, employeeId: text };
const sent = { text, sentAt: v.number() };
const followUp = v.variant('kind', [
  v.object({
    ...who,
    kind: v.literal('deals'),
    whileOwnerId: text,
    toId: text,
    baseId: owner,
    deals: moves,
    takesBackSentAt: v.nullable(v.number()),
  }),
  v.object({ ...who, kind: v.literal('note'), text, onlyAfter: v.nullable(v.object(sent)) }),
  v.object({ ...who, kind: v.literal('task'), forId: text, text, dueAt: v.number() }),
  v.object({
    ...who,
    kind: v.literal('answer'),
    task: v.union([v.object({ id: text }), v.object({ ...sent, forId: text })]),
    text,
  }),
]);
const fate = v.object({
  id: text,
  name: owner,
  fate: v.picklist(['moved', 'changed', 'missing', 'refused', 'failed']),
  owner,
});
const step = v.object({
  followUp,
  state: v.picklist(['waiting', 'done', 'refused', 'failed', 'void']),
  sentAt: v.nullable(v.number()),
  dueAt: v.number(),
  tries: v.number(),
  deals: v.array(fate),
});
const plan = v.object({
  deals: moves,
  note: owner,
  task: v.nullable(v.object({ forId: text, text })),
  answer: v.nullable(v.object({ taskId: text, text })),
  undoes: owner,
});
const work = v.pipe(v.string(), v.parseJson(), v.object({ plan, steps: v.nullable(v.array(step)) }));

export const parseWork = (json: string): Work => v.parse(work, json);
