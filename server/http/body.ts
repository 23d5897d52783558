/** A request's JSON, bounded in size and depth. */
import * as v from 'valibot';
import { Refused, type RefusalCode } from './refusal.ts';

/** A thousand people, as many as the service takes, on thirty channels. Only administrators send so much. */
export const LARGE_BYTES = 4_000_000;
/** A hundred contacts or deals, as many as the service takes at once. */
const USUAL_BYTES = 400_000;
/** No body of the service's has more than five. Whatever walks through a value may then do so by recursion. */
const DEEPEST = 32;

/**
 * The text of a body of at most so many bytes; stops reading at the limit. Refuses with BODY_TOO_LARGE, or with BODY_UNFINISHED
 * when whoever sends it has left, or was cut off because they took too long.
 */
export async function textOf(request: Request, limit = USUAL_BYTES): Promise<string> {
  const text = await textWithin(request.body, limit, 'BODY_TOO_LARGE').catch((error: unknown) => {
    throw error instanceof Refused ? error : new Refused('BODY_UNFINISHED');
  });
  // Of somebody who left before it is read, Node makes an empty body, and no error.
  if (text === '' && Number(request.headers.get('Content-Length')) > 0) throw new Refused('BODY_UNFINISHED');
  return text;
}

/** Reads a stream that anybody may have written; stops at the limit and refuses with `code`. */
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
    // Not cancelled: that would reset a connection on which the refusal is still to be read.
    if (bytes > limit) throw new Refused(code);
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** JSON of a bounded depth. */
export const boundedJson = v.pipe(v.string(), v.check(isShallow), v.parseJson());

/** A database of Unicode text takes neither NUL nor half a character. A backslash that stands for itself comes in pairs. */
const isStorable = (value: unknown): boolean =>
  !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(value));

/** The body in the form that `schema` asks for. Refuses with BODY_INVALID or BODY_TOO_LARGE. */
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

/** As `bodyOf`, for what a form of a page of ours sends. */
export async function formOf<S extends v.GenericSchema>(
  request: Request,
  schema: S,
): Promise<v.InferOutput<S>> {
  const fields = Object.fromEntries(new URLSearchParams(await textOf(request)));
  const { success, output } = v.safeParse(v.pipe(v.unknown(), v.check(isStorable), schema), fields);
  if (!success) throw new Refused('BODY_INVALID');
  return output;
}

/** Counts brackets outside of strings, before anything is parsed. */
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
