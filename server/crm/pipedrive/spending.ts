/**
 * Whole lists cost a request for each 500 records, so a large company could not afford to read them each hour. The time
 * until the next reading follows from the cost of this one: all readings of a day together use at most their share of the
 * budget.
 */
import type { CrmApi, DaysBudget } from '../api.ts';
import { HOUR_SECONDS } from '../lists.ts';
import { BudgetKept } from '../unanswered.ts';
import { SMALLEST_BUDGET } from './budget.ts';

/** The share of a day's budget for comparing all clients. */
const SHARE = 0.1;
/** The share of a day's budget that is kept for people and hooks. */
const KEPT_SHARE = 0.2;
const DAY_SECONDS = 86_400;

/** Tokens for one page of each list. */
const COSTS: Readonly<Record<string, number>> = {
  'v1/users': 20,
  'v2/persons': 10,
  'v2/deals': 10,
  'v2/deals/archived': 20,
  'v2/pipelines': 5,
  'v2/stages': 5,
};
const USUAL_COST = 10;

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
      spent += COSTS[path.split('?')[0] ?? ''] ?? USUAL_COST;
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
