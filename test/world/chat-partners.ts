/**
 * CRMs that are partners of the chat service, and the access that its clients gave them: keys through the marketplace's
 * "Connect", and tokens through OAuth. Pure rules on the world's clock. A state of "Connect" identifies the account by
 * itself: the caller who presents it connects that account, in whichever session it was found.
 */
import type { Clock } from './clock.ts';
import type { Oddities } from './oddities.ts';

/** An entry of the marketplace. */
export type Marketplace = {
  readonly crmCode: string;
  readonly authRedirectUri: string;
  readonly secret: string;
};

export type PartnerPair = {
  readonly chatId: number;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
};

export type ChatPartners = {
  /** The partner's own login; its password opens the token endpoint. */
  readonly email: string;
  readonly password: string;
  readonly clientId: string;
  readonly redirectUris: Set<string>;
  readonly marketplaces: Map<string, Marketplace>;
  /** A client presses "Connect". Returns what their browser carries to the CRM. */
  readonly pressConnect: (crmCode: string, chatId: number) => string;
  /** Returns the account for which the state was made. */
  readonly connect: (state: string, secret: string) => number | 'no-such-state' | 'wrong-secret';
  /** A client allows the partner access. The challenge uses S256. */
  readonly allow: (chatId: number, redirectUri: string, challenge: string) => string;
  readonly exchange: (
    code: string,
    redirectUri: string,
    verifier: string,
  ) => Promise<PartnerPair | undefined>;
  readonly refresh: (refreshToken: string) => PartnerPair | undefined;
  /** The account to which a token gives access. */
  readonly chatOf: (accessToken: string) => number | undefined;
  readonly revoke: (chatId: number) => void;
};

const CODE_MS = 10 * 60_000;
const STATE_MS = 30 * 60_000;
const ACCESS_MS = 3_600_000;
const REFRESH_MS = 7 * 24 * 3_600_000;

type Code = {
  readonly chatId: number;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAt: number;
};
type Refreshed = { readonly chatId: number; readonly expiresAt: number };

export function createChatPartners(clock: Clock, oddities: Oddities): ChatPartners {
  const states = new Map<
    string,
    { readonly crmCode: string; readonly chatId: number; readonly at: number }
  >();
  const codes = new Map<string, Code>();
  const access = new Map<string, { readonly chatId: number; readonly expiresAt: number }>();
  const refreshTokens = new Map<string, Refreshed>();
  const partners: Pick<ChatPartners, 'marketplaces' | 'redirectUris'> = {
    marketplaces: new Map(),
    redirectUris: new Set(),
  };

  const pairFor = (chatId: number): PartnerPair => {
    const pair: PartnerPair = {
      chatId,
      accessToken: opaque('at'),
      refreshToken: opaque('rt'),
      expiresAt: clock.now() + ACCESS_MS,
    };
    access.set(pair.accessToken, pair);
    refreshTokens.set(pair.refreshToken, { chatId, expiresAt: clock.now() + REFRESH_MS });
    return pair;
  };

  return {
    ...partners,
    email: 'partner@example.com',
    password: 'the password of the partner’s cabinet',
    clientId: 'crm-chat-roles',
    pressConnect(crmCode, chatId) {
      const state = opaque('state');
      states.set(state, { crmCode, chatId, at: clock.now() });
      return state;
    },
    connect(given, secret) {
      const state = states.get(given);
      if (!state || clock.now() - state.at >= STATE_MS) return 'no-such-state';
      if (partners.marketplaces.get(state.crmCode)?.secret !== secret) return 'wrong-secret';
      if (oddities.connectStateOnce) states.delete(given);
      return state.chatId;
    },
    allow(chatId, redirectUri, challenge) {
      const code = opaque('code');
      codes.set(code, { chatId, redirectUri, challenge, expiresAt: clock.now() + CODE_MS });
      return code;
    },
    async exchange(given, redirectUri, verifier) {
      const code = codes.get(given);
      codes.delete(given);
      const isGood =
        code?.redirectUri === redirectUri &&
        clock.now() < code.expiresAt &&
        (await challengeOf(verifier)) === code.challenge;
      return isGood ? pairFor(code.chatId) : undefined;
    },
    refresh(given) {
      const token = refreshTokens.get(given);
      if (!token || clock.now() >= token.expiresAt) return undefined;
      if (oddities.partnerRefreshOnce) refreshTokens.delete(given);
      return pairFor(token.chatId);
    },
    chatOf(token) {
      const found = access.get(token);
      return found && clock.now() < found.expiresAt ? found.chatId : undefined;
    },
    revoke(chatId) {
      for (const tokens of [access, refreshTokens]) {
        tokens.forEach((one, token) => one.chatId === chatId && tokens.delete(token));
      }
    },
  };
}

/** The S256 challenge of a verifier. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCodePoint(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const opaque = (kind: string): string => `${kind}-${crypto.randomUUID()}`;
