/**
 * Whole lists cost a request for each 500 records, so a large company could not afford to read them each hour. The time
 * until the next reading follows from the cost of this one: all readings of a day together use at most their share of the
 * budget.
 */
import type { CrmApi, DaysBudget } from '../api.ts';
import { HOUR_SECONDS } from '../lists.ts';
import { BudgetKept } from '../unanswered.ts';
import { SMALLEST_BUDGET } from './budget.ts';
import { passFor } from './passes.ts';

/** The share of a day's budget for comparing all clients. */
const SHARE = 0.1;
/** The share of a day's budget that is kept for people and hooks. */
const KEPT_SHARE = 0.2;
const DAY_SECONDS = 86_400;

/** The only list that pages may not read, so passes.ts has no cost for it. */
const ARCHIVED = { path: 'v2/deals/archived', cost: 20 };
const USUAL_COST = 10;

/** In tokens, for one page of a list. */
const costOf = (path: string): number =>
  path === ARCHIVED.path ? ARCHIVED.cost : (passFor('GET', path, new URLSearchParams())?.cost ?? USUAL_COST);

export type Spending = CrmApi & { readonly restSeconds: () => number };

/** `sparing`: throws `BudgetKept` if little of the day's budget is left, so that people can use it. */
export function spendingOf(crm: CrmApi, { sparing }: { readonly sparing: boolean }): Spending {
  let spent = 0;
  let budget: DaysBudget | undefined;
  return {
    async ask(accountId, question, patience) {
      if (sparing && budget && budget.left < budget.whole * KEPT_SHARE)
        throw new BudgetKept('What is left of the day is kept for people');
      const path = typeof question === 'string' ? question : question.path;
      spent += costOf(path.split('?')[0] ?? '');
      const answer = await crm.ask(accountId, question, patience);
      if (answer.kind === 'answered') budget = answer.budget ?? budget;
      return answer;
    },
    restSeconds() {
      const affordable = (budget?.whole ?? SMALLEST_BUDGET) * SHARE;
      return Math.max(HOUR_SECONDS, Math.ceil((spent / affordable) * DAY_SECONDS));
    },
  };
}
