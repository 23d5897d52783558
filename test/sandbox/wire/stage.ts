/** What the stage bar shows and asks for. Nothing of it exists in a real CRM. */
import * as v from 'valibot';
import { outsideSchema } from './outside.ts';

export const ACCIDENTS = [
  'claim-refused',
  'claim-answer-lost',
  'claim-late',
  'claim-twice',
  'colleague-faster',
  'roles-saved-meanwhile',
  'too-many-requests',
  'broken-answer',
  'slow',
  'token-expired',
  'listed-twice',
  'gateway-down',
] as const;
export type Accident = (typeof ACCIDENTS)[number];

export const KEY_KINDS = ['partner', 'v3', 'sidecar'] as const;

export const stateSchema = v.object({
  language: v.picklist(['ru', 'en']),
  size: v.number(),
  me: v.object({ id: v.number(), name: v.string(), isAdmin: v.boolean() }),
  gateway: v.string(),
  addresses: v.object({ office: v.string(), 'seller-a': v.string(), 'seller-b': v.string() }),
  keyKind: v.picklist(KEY_KINDS),
  hostile: v.boolean(),
  safeMode: v.boolean(),
  /** Whether the account has the paid option that makes lists heed their filters. */
  filtersLists: v.boolean(),
  /** What anybody asked for and the sandbox lacks: of the page, of the CRM, of the chat service. */
  lacking: v.array(v.string()),
  /** How much later than their writes events may be read. */
  eventLagSeconds: v.number(),
  /** Accidents that have not happened yet: ours by name, those of tests by their pattern. */
  waiting: v.array(v.string()),
  outside: outsideSchema,
});
export type StageState = v.InferOutput<typeof stateSchema>;

export const chatWindowSchema = v.object({ url: v.nullable(v.string()) });
