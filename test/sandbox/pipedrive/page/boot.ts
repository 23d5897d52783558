/** What the emulated page of Pipedrive gets with its document: the person, the record, and the addresses of the app. */
import * as v from 'valibot';

export const bootSchema = v.object({
  language: v.string(),
  company: v.object({ id: v.number(), name: v.string(), origin: v.string() }),
  me: v.object({ id: v.number(), name: v.string() }),
  theme: v.picklist(['light', 'dark']),
  /** `null`: the app's settings. */
  record: v.nullable(
    v.object({
      resource: v.picklist(['person', 'deal', 'organization']),
      id: v.number(),
      title: v.string(),
      owner: v.string(),
      lines: v.array(v.string()),
    }),
  ),
  app: v.object({
    name: v.string(),
    clientId: v.string(),
    panel: v.string(),
    settings: v.string(),
    /** Addresses of the modals by their registered names. */
    modals: v.record(v.string(), v.string()),
  }),
});
export type Boot = v.InferOutput<typeof bootSchema>;
