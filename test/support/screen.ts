/**
 * What the main story needs of a browser, in Playwright's terms. Playwright's pages and locators fit; other
 * implementations can too.
 */

type Role = 'button' | 'dialog' | 'listitem' | 'radio' | 'row' | 'switch' | 'textbox';
export type Named = { readonly name?: string | RegExp; readonly exact?: boolean };

/** A scope in which elements are searched. */
export type Within = {
  readonly getByRole: (role: Role, named?: Named) => Part;
  readonly getByLabel: (label: string | RegExp) => Part;
  readonly getByText: (text: string | RegExp) => Part;
};

/** An element that is searched again for each action. */
export type Part = Within & {
  readonly filter: (by: { readonly hasText: string }) => Part;
  readonly click: () => Promise<void>;
  readonly check: () => Promise<void>;
  readonly fill: (text: string) => Promise<void>;
  readonly selectOption: (option: { readonly label: string }) => Promise<unknown>;
  readonly isChecked: () => Promise<boolean>;
  readonly count: () => Promise<number>;
  readonly waitFor: (until?: { readonly state: 'visible' | 'detached' }) => Promise<void>;
};

export type Screen = Within & {
  readonly frameLocator: (selector: string) => Within;
  readonly goto: (address: string) => Promise<unknown>;
  readonly url: () => string;
  readonly screenshot: (to: { readonly path: string }) => Promise<unknown>;
};
