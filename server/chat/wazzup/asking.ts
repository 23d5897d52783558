/** Requests to the chat service with an account's key, and the meaning of its answers. */
import * as v from 'valibot';
import { exchange, Late, type Answered, type Bounds } from '../../http/exchange.ts';
import type { Fetch } from '../../http/fetch.ts';
import { boundedJson } from '../../http/body.ts';
import type { RefusalCode } from '../../http/refusal.ts';

/** The chat service cannot answer now. Whether a write was done is unknown until it is read again. */
export class ChatUnavailable extends Error {
  override name = 'ChatUnavailable';
  /** The code for a page that waits for the answer. */
  readonly code: UnavailableCode;

  constructor(
    message: string,
    {
      code = 'SERVICE_UNREACHABLE',
      cause,
    }: { readonly code?: UnavailableCode; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
  }
}
type UnavailableCode = Extract<
  RefusalCode,
  | 'SERVICE_UNREACHABLE'
  | 'SERVICE_TIMEOUT'
  | 'SERVICE_UNREADABLE'
  | 'KEY_REFUSED'
  | 'KEY_TOO_WEAK'
  | 'TOO_MANY_AT_ONCE'
>;
function unavailableCodeOf(status: number, text: string): UnavailableCode {
  if (status === 401) return 'KEY_REFUSED';
  if (status === 403 && text.includes('FORBIDDEN')) return 'KEY_TOO_WEAK';
  return status === 429 ? 'TOO_MANY_AT_ONCE' : 'SERVICE_UNREACHABLE';
}
/** The start of a `ChatRefused` message, and so of the reason that is saved with a lane. */
export const REFUSED = 'The chat service refused with';

/** The service itself rejected what it was sent. */
export class ChatRefused extends Error {
  override name = 'ChatRefused';
  /** The service's own code; empty when it gives none. */
  readonly word: string;

  constructor(status: number, word: string) {
    super(`${REFUSED} ${status}`);
    this.word = word;
  }
}

/** The key that opens a chat account. */
export type ChatKey = { readonly key: string };
export type ChatGiven = { readonly fetch: Fetch; readonly api: string; readonly leaving: AbortSignal };

export type ChatAsking = {
  /** Null for something that the service does not know (404). */
  readonly ask: (method: string, address: string, body?: unknown) => Promise<string | null>;
  readonly read: <S extends v.GenericSchema>(address: string, schema: S) => Promise<v.InferOutput<S> | null>;
};

const BOUNDS: Bounds = {
  milliseconds: 15_000,
  /** Room for a thousand people with a role on each of ten channels. */
  bytes: 4_000_000,
  unreadable: 'SERVICE_UNREADABLE',
};

const refusal = v.pipe(boundedJson, v.object({ error: v.string() }));

export function askingChat({ key }: ChatKey, { fetch, leaving }: Omit<ChatGiven, 'api'>): ChatAsking {
  async function ask(method: string, address: string, body?: unknown): Promise<string | null> {
    let answer: Answered;
    try {
      answer = await exchange(
        fetch,
        address,
        {
          method,
          headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
        { ...BOUNDS, patience: leaving },
      );
    } catch (error) {
      const code = error instanceof Late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNREACHABLE';
      throw new ChatUnavailable('The chat service did not answer', { code, cause: error });
    }
    const { text } = answer;
    if (answer.ok) return text;
    if (answer.status === 404) return null;
    const isAboutThis = answer.status === 400 || answer.status === 422 || answer.status === 413;
    if (!isAboutThis)
      throw new ChatUnavailable(`The chat service answered ${answer.status}`, {
        code: unavailableCodeOf(answer.status, text),
      });
    const { success, output } = v.safeParse(refusal, text);
    throw new ChatRefused(answer.status, success ? output.error : '');
  }
  return {
    ask,
    async read(address, schema) {
      const text = await ask('GET', address);
      if (text === null) return null;
      const { success, output } = v.safeParse(v.pipe(boundedJson, schema), text);
      if (!success)
        throw new ChatUnavailable('The chat service sent an unexpected answer', {
          code: 'SERVICE_UNREADABLE',
        });
      return output;
    },
  };
}
