/** The median: other work on the machine distorts a mean, and hardly a median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export type Point = readonly [x: number, y: number];

/** The slope of the line of best fit. */
export function slope(points: readonly Point[]): number {
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const [up, along] = points.reduce(
    ([up, along], point) => [up + (point[0] - x) * (point[1] - y), along + (point[0] - x) ** 2],
    [0, 0],
  );
  return up / along;
}

/** From each point to the next. */
const slopes = (points: readonly Point[]): readonly number[] =>
  points.slice(1).map((point, before) => slope([points[before] ?? point, point]));

/** The median slope from point to point: a single jump, however large, does not count as a slope. */
export const usualSlope = (points: readonly Point[]): number => median(slopes(points));

/**
 * How a cost grows with the size: 0 is flat, 1 linear, 2 quadratic. Taken between the neighbours with the fastest growth,
 * because a fixed cost would hide it over all sizes. A cost of nothing counts as a tenth of a millisecond.
 */
export const growth = (points: readonly Point[]): number => {
  const steps = slopes(points.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 0.1))]));
  return steps.length > 0 ? Math.max(...steps) : Number.NaN;
};
