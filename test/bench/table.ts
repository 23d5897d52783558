/** The table as it is printed: a block for each part, with aligned numbers. */
import { heldTo, isAbove, ratio, type Line } from './line.ts';

const HEAD = ['', 'ours', 'floor', 'plain', '/ floor', '/ plain', 'budget'] as const;

export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(cellsOf);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map(row => (row[column] ?? '').length)),
  );
  const aligned = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const parts = [...new Set(lines.map(({ part }) => part))];
  const block = (part: string): string => {
    const own = rows.filter((_, at) => lines[at]?.part === part);
    return [[part.toUpperCase(), ...HEAD.slice(1)], ...own].map(aligned).join('\n');
  };
  return parts.map(block).join('\n\n');
}

/** The lines above their budgets, as sentences. */
export const complaintsOf = (lines: readonly Line[]): readonly string[] =>
  lines.filter(isAbove).map(line => {
    const { part, what, budget } = line;
    const held = heldTo(line);
    const than = budget?.of === 'ours' ? '' : ` times the ${budget?.of}`;
    return `ABOVE BUDGET  ${part}, ${what}: ${held === undefined ? 'not measured' : rounded(held)}${than}, at most ${bare(budget?.most ?? 0)}${than} allowed`;
  });

function cellsOf(line: Line): readonly string[] {
  const { what, unit, ours, floor, plain, budget } = line;
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : [rounded(value), unit].filter(Boolean).join(' ');
  const compared = (other: number | undefined): string => {
    const times = ratio(ours, other);
    return times === undefined ? '' : `${rounded(times)}×`;
  };
  const bound = budget
    ? `${isAbove(line) ? 'ABOVE' : 'ok'} ≤ ${bare(budget.most)}${budget.of === 'ours' ? '' : `× ${budget.of}`}`
    : '';
  return [`  ${what}`, shown(ours), shown(floor), shown(plain), compared(floor), compared(plain), bound];
}

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Number.isInteger(value) ? 0 : 2);

const bare = (value: number): string => String(Number(value.toFixed(2)));
