/** Whether two values of JSON say the same: neither the order of a list nor that of the fields counts. */
export const sameValue = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** Equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.sort().join()}}`;
}
