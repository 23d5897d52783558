/** One line of the bench's table, and its budget in CI. */

export type Line = {
  readonly part: string;
  readonly what: string;
  readonly unit: 'ms' | 'B' | 'MB' | '×' | '';
  readonly ours: number;
  /** The lowest possible value: the libraries alone, the necessary round trips, the limit of a service. */
  readonly floor?: number | undefined;
  readonly plain?: number | undefined;
  readonly budget?: Budget | undefined;
};

/** Budgets are ratios, or numbers that do not depend on the machine. */
export type Budget = {
  /** `ours`: the number itself. `floor`, `plain`: ours divided by it. */
  readonly of: 'ours' | 'floor' | 'plain';
  readonly most: number;
};

/** Undefined where there is nothing to compare with. */
export const ratio = (ours: number, other: number | undefined): number | undefined =>
  other === undefined || other === 0 ? undefined : ours / other;

/** The value that is compared with the budget. */
export function heldTo({ ours, floor, plain, budget }: Line): number | undefined {
  if (!budget) return undefined;
  return budget.of === 'ours' ? ours : ratio(ours, budget.of === 'floor' ? floor : plain);
}

export function isAbove(line: Line): boolean {
  const held = heldTo(line);
  // A budget that cannot be computed is not kept.
  return line.budget !== undefined && !(held !== undefined && held <= line.budget.most);
}
