/** The parameters that a query may contain, by name, with the values that are emulated. */

export type Parameter = {
  readonly takes: (value: string) => boolean;
  /** `name=1,2`, `name[]=1&name[]=2` and `name[0]=1&name[1]=2` are equivalent. */
  readonly isList: boolean;
};
export type Parameters = Readonly<Record<string, Parameter>>;

export const anything: Parameter = { takes: () => true, isList: false };
export const oneOf = (...values: readonly string[]): Parameter => ({
  takes: value => values.includes(value),
  isList: false,
});
export const someOf = (...values: readonly string[]): Parameter => ({
  ...oneOf(...values),
  isList: true,
});
export const number: Parameter = { takes: value => /^-?\d+$/.test(value), isList: false };
export const numbers: Parameter = { ...number, isList: true };
export const direction = oneOf('asc', 'desc');

/** The names of query parameters that are not declared. */
export function beyond(query: URLSearchParams, declared: Parameters): string[] {
  const seen = new Set<string>();
  return Array.from(query).flatMap(([key, value]) => {
    const name = key.replace(/\[\d*\]$/, '');
    const list = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const parameter = list?.isList ? list : Object.hasOwn(declared, key) ? declared[key] : undefined;
    if (!parameter) return [key];
    const isRepeated = !parameter.isList && seen.has(key);
    seen.add(key);
    if (isRepeated) return [`${key} twice`];
    const values = parameter.isList ? value.split(',') : [value];
    return values.filter(one => !parameter.takes(one)).map(one => `${key}=${one}`);
  });
}
