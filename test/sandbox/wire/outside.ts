/** What the stage bar shows about accounts and about what the two services send to external addresses. */
import * as v from 'valibot';

export const MISHAPS = ['lost', 'doubled', 'late', 'overtaken'] as const;

const parcel = v.object({
  /** What it reports, in the service's own words. */
  what: v.string(),
  to: v.string(),
  state: v.picklist(['waiting', 'held', 'under-way', 'delivered', 'given-up', 'lost', 'called-off']),
  outcomes: v.array(v.union([v.number(), v.picklist(['refused', 'too-slow'])])),
});
export type ParcelShown = v.InferOutput<typeof parcel>;

const account = v.object({
  id: v.number(),
  name: v.string(),
  address: v.string(),
  isInstalled: v.boolean(),
  sendsHooks: v.boolean(),
  /** Grants that are still valid. */
  grants: v.number(),
  hooks: v.array(v.object({ destination: v.string(), disabled: v.boolean() })),
  mishaps: v.array(v.picklist(MISHAPS)),
  /** Newest first. */
  parcels: v.array(parcel),
});
export type AccountShown = v.InferOutput<typeof account>;

export const outsideSchema = v.object({
  accounts: v.array(account),
  chat: v.object({ address: v.string(), mishaps: v.array(v.picklist(MISHAPS)), parcels: v.array(parcel) }),
});
export type OutsideShown = v.InferOutput<typeof outsideSchema>;
