/**
 * What a strict page trusts: addresses of scripts on its own host, because RequireJS is older than Trusted Types, and
 * markup that the page itself puts in. Nothing else makes markup or scripts out of strings.
 */
type Policy = { readonly createHTML: (markup: string) => string };
type Rules = {
  readonly createScriptURL?: (url: string) => string;
  readonly createHTML?: (markup: string) => string;
};
type TrustedTypes = { readonly createPolicy: (name: string, rules: Rules) => Policy };

const { trustedTypes } = window as Window & { readonly trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`Not ours: ${url}`);
    return url;
  },
});
const policy = trustedTypes?.createPolicy('crm', { createHTML: markup => markup });

/** The page's own markup, as it is put into an element. */
export const markup = (text: string): string => policy?.createHTML(text) ?? text;
