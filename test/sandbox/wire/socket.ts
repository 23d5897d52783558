/** A message of the CRM's socket on its way to a page. */
import * as v from 'valibot';

export const socketSchema = v.object({ channels: v.array(v.string()), message: v.unknown() });
export type SocketMessage = v.InferOutput<typeof socketSchema>;
