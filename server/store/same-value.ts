/** Whether two JSON values are equal, ignoring the order of lists and of fields. */
export const sameValue = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** Equal values give the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.sort().join()}}`;
}
