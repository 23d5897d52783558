/**
 * Labels for things that may share a name: people, channels, contacts, deals. A unique name stays as it is. Namesakes
 * get the first detail that distinguishes all of them, or else their best detail and the id, so no two labels are
 * equal.
 */
import { isBlank } from './blank.ts';
import { contained } from './contained.ts';
import type { Employee } from './employee.ts';

export type Named = {
  readonly id: string;
  readonly name: string;
  /**
   * Details that distinguish it from namesakes, best first: a group, an e-mail address, a phone. Empty ones are
   * skipped.
   */
  readonly details: readonly string[];
};

/** Labels by id. */
export function labelsOf(things: readonly Named[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const namesakes of groupedBy(things, ({ name }) => alike(name)).values()) {
    const [only] = namesakes;
    if (namesakes.length === 1 && only) labels.set(only.id, only.name);
    else label(namesakes, labels);
  }
  // A name can equal the label of another thing.
  for (const same of groupedBy([...labels], ([, text]) => alike(text)).values())
    if (same.length > 1) same.forEach(([id, text]) => labels.set(id, `${contained(text)} #${id}`));
  return labels;
}

/** Distinguishes people by group, then by e-mail address. */
export const employeeLabels = (
  employees: readonly Pick<Employee, 'id' | 'name' | 'group' | 'email'>[],
): ReadonlyMap<string, string> =>
  labelsOf(employees.map(({ id, name, group, email }) => ({ id, name, details: [group, email] })));

function label(namesakes: readonly Named[], labels: Map<string, string>): void {
  const most = Math.max(...namesakes.map(({ details }) => details.length));
  for (let at = 0; at < most; at += 1) {
    const told = namesakes.map(({ details }) => seen(details[at]));
    if (!told.includes('') && new Set(told.map(alike)).size === namesakes.length) {
      namesakes.forEach(({ id, name }, one) => labels.set(id, `${contained(name)} (${told[one]})`));
      return;
    }
  }
  for (const { id, name, details } of namesakes) {
    const best = details.map(seen).find(Boolean);
    labels.set(id, `${contained(name)} (${best === undefined ? '' : `${best}, `}#${id})`);
  }
}

const seen = (detail = ''): string => (isBlank(detail) ? '' : contained(detail.trim()));

/** Normalises a name as people compare it: case, spaces and invisible characters do not matter. */
const alike = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{DI}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();

export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
