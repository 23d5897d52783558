/** The formats in which the CRM's own pages read and write contacts and deals, bypassing the public API. */
import * as v from 'valibot';

export const contactRowsSchema = v.array(
  v.object({
    id: v.number(),
    name: v.string(),
    phones: v.array(v.string()),
    emails: v.array(v.string()),
    responsibleUserId: v.number(),
    responsibleName: v.string(),
  }),
);
export type ContactRow = v.InferOutput<typeof contactRowsSchema>[number];

export const dealRowsSchema = v.array(
  v.object({
    id: v.number(),
    name: v.string(),
    status: v.string(),
    contactName: v.string(),
    responsibleName: v.string(),
  }),
);
export type DealRow = v.InferOutput<typeof dealRowsSchema>[number];

const neighbours = { previous: v.nullable(v.number()), next: v.nullable(v.number()) };

export const contactSheetSchema = v.object({
  id: v.number(),
  name: v.string(),
  phones: v.array(v.string()),
  emails: v.array(v.string()),
  responsibleUserId: v.number(),
  leads: v.array(
    v.object({ id: v.number(), name: v.string(), status: v.string(), responsibleName: v.string() }),
  ),
  ...neighbours,
});
export type ContactSheet = v.InferOutput<typeof contactSheetSchema>;

export const dealSheetSchema = v.object({
  id: v.number(),
  name: v.string(),
  statusId: v.number(),
  statuses: v.array(v.object({ id: v.number(), name: v.string() })),
  responsibleUserId: v.number(),
  /** The first is the main contact. */
  contacts: v.array(
    v.object({
      id: v.number(),
      name: v.string(),
      phones: v.array(v.string()),
      emails: v.array(v.string()),
    }),
  ),
  ...neighbours,
});
export type DealSheet = v.InferOutput<typeof dealSheetSchema>;

/** The entries of a card's feed, newest first. */
const told = { id: v.string(), at: v.number(), by: v.string() };
export const feedSchema = v.array(
  v.variant('kind', [
    v.object({ ...told, kind: v.literal('owner'), before: v.string(), after: v.string() }),
    v.object({ ...told, kind: v.literal('note'), text: v.string() }),
    v.object({
      ...told,
      kind: v.literal('task'),
      text: v.string(),
      responsibleName: v.string(),
      till: v.number(),
      isCompleted: v.boolean(),
      result: v.nullable(v.string()),
    }),
  ]),
);
export type FeedEntry = v.InferOutput<typeof feedSchema>[number];

const name = v.pipe(v.string(), v.trim(), v.minLength(1));

/** Every Save sends the whole form, so an outdated owner overwrites a newer one. */
export const contactDraftSchema = v.object({
  name,
  phones: v.array(v.string()),
  responsibleUserId: v.number(),
});
export type ContactDraft = v.InferOutput<typeof contactDraftSchema>;

export const dealDraftSchema = v.object({ name, statusId: v.number(), responsibleUserId: v.number() });
export type DealDraft = v.InferOutput<typeof dealDraftSchema>;
