/**
 * The CRM's filters in a query: `filter[id]=1`, `filter[id][]=1&filter[id][]=2` and `filter[id][0]=1` are equivalent.
 */
export function valuesOf(query: URLSearchParams, name: string): string[] {
  return Array.from(query).flatMap(([key, value]) =>
    key === name || (key.startsWith(`${name}[`) && /^\[\d*\]$/.test(key.slice(name.length)))
      ? value.split(',')
      : [],
  );
}

/** Like `valuesOf`; undefined if the query has no such filter. */
export function idsOf(query: URLSearchParams, name: string): ReadonlySet<number> | undefined {
  const values = valuesOf(query, name);
  return values.length > 0 ? new Set(values.map(Number)) : undefined;
}
