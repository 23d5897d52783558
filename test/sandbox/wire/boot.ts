/** What the CRM writes into its page: the user, and the constants that widgets read. */
import * as v from 'valibot';

/**
 * The product that the page imitates. They differ in a global's second name, in the account's domain and in languages.
 */
export const BRANDS = ['amocrm', 'kommo'] as const;
export type Brand = (typeof BRANDS)[number];

export const bootSchema = v.object({
  language: v.picklist(['ru', 'en']),
  brand: v.picklist(BRANDS),
  /** The prefix of every path on the page; empty if the host name identifies the user. */
  base: v.string(),
  /** 1 light, 2 dark, as in the CRM's own constant. */
  theme: v.picklist([1, 2]),
  me: v.object({ id: v.number(), name: v.string(), isAdmin: v.boolean(), isFree: v.boolean() }),
  employees: v.array(v.object({ id: v.number(), name: v.string(), isActive: v.boolean() })),
  /** Changes with every upload, installation and removal: a cached list of widgets with another version is ignored. */
  frontVersion: v.string(),
  constants: v.record(v.string(), v.unknown()),
});

export type Boot = v.InferOutput<typeof bootSchema>;
