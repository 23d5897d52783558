/** A request's JSON, bounded in size and depth. */
import * as v from 'valibot';
import { Refused, type RefusalCode } from './refusal.ts';

/** Room for a thousand people, the service's limit, on thirty channels. Only administrators send this much. */
export const LARGE_BYTES = 4_000_000;
/** Room for a hundred contacts or deals, the service's limit for one request. */
const USUAL_BYTES = 400_000;
/**
 * The deepest nesting allowed. The service's bodies have at most five levels, and within this limit recursion over a value is
 * safe.
 */
const DEEPEST = 32;

/**
 * Returns the text of a body of at most `limit` bytes and stops reading at the limit. Refuses with BODY_TOO_LARGE, or with
 * BODY_UNFINISHED when the client disconnects or is cut off for taking too long.
 */
export async function textOf(request: Request, limit = USUAL_BYTES): Promise<string> {
  const text = await textWithin(request.body, limit, 'BODY_TOO_LARGE').catch((error: unknown) => {
    throw error instanceof Refused ? error : new Refused('BODY_UNFINISHED');
  });
  // If the client disconnects before the body is read, Node reports an empty body instead of an error.
  if (text === '' && Number(request.headers.get('Content-Length')) > 0) throw new Refused('BODY_UNFINISHED');
  return text;
}

/** Reads a stream from an untrusted sender. Stops at the limit and refuses with `code`. */
export async function textWithin(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  code: RefusalCode,
): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let bytes = 0;
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    // The reader is not cancelled: that would reset the connection before the client reads the refusal.
    if (bytes > limit) throw new Refused(code);
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** JSON of limited depth. */
export const boundedJson = v.pipe(v.string(), v.check(isShallow), v.parseJson());

/**
 * PostgreSQL's text cannot store NUL or lone surrogates, which JSON escapes. A pair of backslashes in front is a literal
 * backslash, not an escape.
 */
const isStorable = (value: unknown): boolean =>
  !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(value));

/** Returns the body in the form of `schema`. Refuses with BODY_INVALID, BODY_TOO_LARGE or BODY_UNFINISHED. */
export async function bodyOf<S extends v.GenericSchema>(
  request: Request,
  schema: S,
  limit?: number,
): Promise<v.InferOutput<S>> {
  const { success, output } = v.safeParse(
    v.pipe(boundedJson, v.check(isStorable), schema),
    await textOf(request, limit),
  );
  if (!success) throw new Refused('BODY_INVALID');
  return output;
}

/** Like `bodyOf`, for a form submitted by one of our pages. */
export async function formOf<S extends v.GenericSchema>(
  request: Request,
  schema: S,
): Promise<v.InferOutput<S>> {
  const fields = Object.fromEntries(new URLSearchParams(await textOf(request)));
  const { success, output } = v.safeParse(v.pipe(v.unknown(), v.check(isStorable), schema), fields);
  if (!success) throw new Refused('BODY_INVALID');
  return output;
}

/** Counts brackets outside strings, before the text is parsed. */
function isShallow(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (isText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > DEEPEST) return false;
  }
  return true;
}
