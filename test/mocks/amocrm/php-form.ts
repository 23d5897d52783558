/** Nested values in PHP's form encoding: `a[b][0]=1`. Everything becomes a string, and null values are left out. */
export type Nested =
  | string
  | number
  | boolean
  | null
  | readonly Nested[]
  | { readonly [key: string]: Nested };

export function phpForm(fields: { readonly [key: string]: Nested }): URLSearchParams {
  const form = new URLSearchParams();
  const write = (name: string, value: Nested): void => {
    if (value === null) return;
    if (typeof value === 'object') {
      Object.entries(value).forEach(([key, inner]) => write(`${name}[${key}]`, inner));
    } else {
      form.append(name, typeof value === 'boolean' ? String(Number(value)) : String(value));
    }
  };
  Object.entries(fields).forEach(([name, value]) => write(name, value));
  return form;
}
