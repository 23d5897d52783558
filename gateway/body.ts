/** A request's JSON, bounded. */
import * as v from 'valibot';
import { Refused } from './refusal.ts';

/** A thousand people, as many as the service takes, on thirty channels. */
const LIMIT_BYTES = 4_000_000;

/** The text of a body of at most four megabytes; stops reading at the limit. Refuses with BODY_TOO_LARGE. */
export async function textOf(request: Request): Promise<string> {
  if (!request.body) return '';
  const decoder = new TextDecoder();
  const reader = request.body.getReader();
  let bytes = 0;
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    // Not cancelled: that would reset a connection on which the refusal is still to be read.
    if (bytes > LIMIT_BYTES) throw new Refused('BODY_TOO_LARGE');
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** The body in the form that `schema` asks for. Refuses with BODY_INVALID or BODY_TOO_LARGE. */
export async function bodyOf<S extends v.GenericSchema>(
  request: Request,
  schema: S,
): Promise<v.InferOutput<S>> {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), await textOf(request));
  if (!success) throw new Refused('BODY_INVALID');
  return output;
}
