/** The kinds of keys of the chat service, and what each allows. */
import * as v from 'valibot';

/** `partner` may write roles; `v3` may do everything else; `sidecar` knows only channels and messages. */
export const keyKinds = v.picklist(['partner', 'v3', 'sidecar']);
export type KeyKind = v.InferOutput<typeof keyKinds>;
/**
 * The same in the widget's words. `roles`: everything; `reading`: everything but changing roles; `channels`: only channels and
 * messages.
 */
export const MODE_OF = { partner: 'roles', v3: 'reading', sidecar: 'channels' } as const;
