/**
 * The Trusted Types policy of a strict page: script addresses on its own host, because RequireJS is older than Trusted
 * Types, and the page's own markup. Nothing else may create markup or scripts from strings.
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

/** Marks the page's own markup as trusted. */
export const markup = (text: string): string => policy?.createHTML(text) ?? text;
