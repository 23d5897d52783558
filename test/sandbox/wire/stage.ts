/** What the stage bar shows and requests. None of it exists in a real CRM. */
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
  /** Whether the account has the paid option for filtering lists. */
  filtersLists: v.boolean(),
  /** Everything that was requested and the sandbox lacks: in the page, the CRM or the chat service. */
  lacking: v.array(v.string()),
  /** The delay between a write and the time when its event can be read. */
  eventLagSeconds: v.number(),
  /** Accidents that have not happened yet: built-in ones by name, those of tests by their pattern. */
  waiting: v.array(v.string()),
  outside: outsideSchema,
});
export type StageState = v.InferOutput<typeof stateSchema>;

export const chatWindowSchema = v.object({ url: v.nullable(v.string()) });
