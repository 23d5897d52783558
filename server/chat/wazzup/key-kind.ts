/** What a key of the chat service opens, and what it is good for. */
import * as v from 'valibot';

/** `partner` may write roles; `v3` may do all else; `sidecar` knows channels and messages only. */
export const keyKinds = v.picklist(['partner', 'v3', 'sidecar']);
export type KeyKind = v.InferOutput<typeof keyKinds>;
/**
 * In the widget's words. `roles`: everything; `reading`: everything but changing roles; `channels`: channels and messages
 * only.
 */
export const MODE_OF = { partner: 'roles', v3: 'reading', sidecar: 'channels' } as const;
