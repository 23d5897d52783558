/** Reads the JSON of a request as a strict server does: valid UTF-8, and no lone surrogates in texts. */

const HALF_A_PAIR = /\p{Surrogate}/u;

/** Undefined if it cannot be read. */
export async function bodyOf(request: Request): Promise<unknown> {
  const bytes = await request.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), whole);
  } catch {
    return undefined;
  }
}

function whole(name: string, value: unknown): unknown {
  if (HALF_A_PAIR.test(name) || (typeof value === 'string' && HALF_A_PAIR.test(value))) {
    throw new SyntaxError('Half of a surrogate pair');
  }
  return value;
}
