/** One question to the chat service with an account's key, and what follows from its answer. */
import * as v from 'valibot';
import { exchange, Late, type Answered, type Bounds } from '../../http/exchange.ts';
import type { Fetch } from '../../http/fetch.ts';
import { boundedJson } from '../../http/body.ts';
import type { RefusalCode } from '../../http/refusal.ts';

/** Nothing can be said now; whether a write was done is unknown, and reading again tells. */
export class ChatUnavailable extends Error {
  override name = 'ChatUnavailable';
  /** What somebody who waits is told. */
  readonly code: Silence;

  constructor(
    message: string,
    { code = 'SERVICE_UNREACHABLE', cause }: { readonly code?: Silence; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
  }
}
type Silence = Extract<
  RefusalCode,
  | 'SERVICE_UNREACHABLE'
  | 'SERVICE_TIMEOUT'
  | 'SERVICE_UNREADABLE'
  | 'KEY_REFUSED'
  | 'KEY_TOO_WEAK'
  | 'TOO_MANY_AT_ONCE'
>;
function silenceOf(status: number, text: string): Silence {
  if (status === 401) return 'KEY_REFUSED';
  if (status === 403 && text.includes('FORBIDDEN')) return 'KEY_TOO_WEAK';
  return status === 429 ? 'TOO_MANY_AT_ONCE' : 'SERVICE_UNREACHABLE';
}
/** How the message of a `ChatRefused` begins, and so the reason that a lane keeps. */
export const REFUSED = 'The chat service refused with';

/** The service's own no to what it was sent. */
export class ChatRefused extends Error {
  override name = 'ChatRefused';
  /** The service's own word for it; empty where it has none. */
  readonly word: string;

  constructor(status: number, word: string) {
    super(`${REFUSED} ${status}`);
    this.word = word;
  }
}

/** Opens a chat account. */
export type ChatKey = { readonly key: string };
export type ChatGiven = { readonly fetch: Fetch; readonly api: string; readonly leaving: AbortSignal };

export type ChatAsking = {
  /** Null for what the service does not know (404). */
  readonly ask: (method: string, address: string, body?: unknown) => Promise<string | null>;
  readonly read: <S extends v.GenericSchema>(address: string, schema: S) => Promise<v.InferOutput<S> | null>;
};

const BOUNDS: Bounds = {
  milliseconds: 15_000,
  /** A thousand people with a role on each of ten channels. */
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
        code: silenceOf(answer.status, text),
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
        throw new ChatUnavailable('The chat service answered something else', { code: 'SERVICE_UNREADABLE' });
      return output;
    },
  };
}
