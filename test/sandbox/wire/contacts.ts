/** The CRM's own pages read and write contacts past the public API, in these shapes. */
import * as v from 'valibot';

export const rowsSchema = v.array(
  v.object({ id: v.number(), name: v.string(), phone: v.string(), responsibleName: v.string() }),
);
export type ContactRow = v.InferOutput<typeof rowsSchema>[number];

export const sheetSchema = v.object({
  id: v.number(),
  name: v.string(),
  phones: v.array(v.string()),
  responsibleUserId: v.number(),
  leads: v.array(
    v.object({ id: v.number(), name: v.string(), status: v.string(), responsibleName: v.string() }),
  ),
  previous: v.nullable(v.number()),
  next: v.nullable(v.number()),
});
export type ContactSheet = v.InferOutput<typeof sheetSchema>;

/** What the card's feed tells, newest first. */
export const feedSchema = v.array(
  v.object({ id: v.string(), at: v.number(), by: v.string(), text: v.string() }),
);
export type FeedEntry = v.InferOutput<typeof feedSchema>[number];

/** The whole form goes out with every Save, so a stale responsible overwrites a newer one. */
export const draftSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1)),
  phones: v.array(v.string()),
  responsibleUserId: v.number(),
});
export type ContactDraft = v.InferOutput<typeof draftSchema>;
