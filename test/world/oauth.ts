/**
 * Codes, grants and tokens of one CRM account, without HTTP: pure rules on the world's clock.
 *
 * A code can be used once and for twenty minutes. A grant is the access that one person gave to one integration; each
 * exchange and each refresh gives it a pair of tokens. Several grants of one person coexist: a new code ends none of
 * them.
 */
import { seconds, type Clock } from './clock.ts';
import type { CrmUser } from './crm.ts';
import type { Oddities } from './oddities.ts';

/** Error hints that clients of the CRM have reported, in its own words. */
export type TokenRefusal =
  | 'Authorization code has expired'
  | 'Authorization code has been revoked'
  | 'Cannot decrypt the authorization code'
  | 'Invalid refresh token'
  | 'Token has been revoked';

export type Grant = {
  readonly id: number;
  readonly integrationUuid: string;
  /** The user as they were when they agreed. */
  readonly user: CrmUser;
  /** An administrator's grant, which keeps working after they are deactivated or deleted. */
  readonly isFull: boolean;
  isRevoked: boolean;
};

export type TokenPair = {
  readonly grant: Grant;
  /** Identifies the access token. */
  readonly accessId: string;
  readonly refreshToken: string;
  /** Whole seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export type OAuth = {
  readonly grants: readonly Grant[];
  /** Issues the code of a consent or of a press on Install. */
  readonly consent: (integrationUuid: string, user: CrmUser) => string;
  readonly exchange: (integrationUuid: string, code: string) => TokenPair | TokenRefusal;
  readonly refresh: (integrationUuid: string, refreshToken: string) => TokenPair | TokenRefusal;
  /** The grant of an access token that has neither expired nor been revoked. */
  readonly grantOfAccess: (accessId: string) => Grant | undefined;
  /** The grant of a refresh token that would still be accepted. */
  readonly grantOfRefresh: (refreshToken: string) => Grant | undefined;
  /** Ends all grants, or those of one person or one integration. */
  readonly revoke: (whose?: { readonly userId?: number; readonly integrationUuid?: string }) => void;
};

type Code = {
  readonly integrationUuid: string;
  readonly user: CrmUser;
  readonly expiresAt: number;
  isUsed: boolean;
};
type RefreshToken = { readonly pair: TokenPair; readonly children: RefreshToken[]; isUsed: boolean };

const CODE_SECONDS = 20 * 60;
const ACCESS_SECONDS = 86_400;
/** "Three months". */
const REFRESH_SECONDS = 90 * 86_400;

export function createOAuth(clock: Clock, oddities: Oddities): OAuth {
  const codes = new Map<string, Code>();
  const refreshTokens = new Map<string, RefreshToken>();
  const accessTokens = new Map<string, TokenPair>();
  const grants: Grant[] = [];

  const pairFor = (grant: Grant): RefreshToken => {
    const now = seconds(clock);
    const pair: TokenPair = {
      grant,
      accessId: opaque(),
      refreshToken: opaque(),
      issuedAt: now,
      expiresAt: now + ACCESS_SECONDS,
    };
    const token = { pair, children: [], isUsed: false };
    refreshTokens.set(pair.refreshToken, token);
    accessTokens.set(pair.accessId, pair);
    return token;
  };
  const isSpent = ({ children, isUsed }: RefreshToken): boolean =>
    oddities.refreshRotation === 'strict' ? isUsed : children.some(child => child.isUsed);
  const usable = (refreshToken: string): RefreshToken | TokenRefusal => {
    const token = refreshTokens.get(refreshToken);
    if (!token) return 'Invalid refresh token';
    const isOver = seconds(clock) >= token.pair.issuedAt + REFRESH_SECONDS;
    return token.pair.grant.isRevoked || isOver || isSpent(token) ? 'Token has been revoked' : token;
  };

  return {
    grants,
    consent(integrationUuid, user) {
      const code = opaque();
      codes.set(code, { integrationUuid, user, expiresAt: seconds(clock) + CODE_SECONDS, isUsed: false });
      return code;
    },
    exchange(integrationUuid, given) {
      const code = codes.get(given);
      if (code?.integrationUuid !== integrationUuid) return 'Cannot decrypt the authorization code';
      if (code.isUsed) return 'Authorization code has been revoked';
      if (seconds(clock) >= code.expiresAt) return 'Authorization code has expired';
      code.isUsed = true;
      const user = { ...code.user };
      const grant: Grant = {
        id: grants.length + 1,
        integrationUuid,
        user,
        isFull: user.isAdmin,
        isRevoked: false,
      };
      grants.push(grant);
      return pairFor(grant).pair;
    },
    refresh(integrationUuid, given) {
      const token = usable(given);
      if (typeof token === 'string') return token;
      if (token.pair.grant.integrationUuid !== integrationUuid) return 'Invalid refresh token';
      const next = pairFor(token.pair.grant);
      token.isUsed = true;
      token.children.push(next);
      return next.pair;
    },
    grantOfAccess(accessId) {
      const pair = accessTokens.get(accessId);
      return pair && seconds(clock) < pair.expiresAt && !pair.grant.isRevoked ? pair.grant : undefined;
    },
    grantOfRefresh(refreshToken) {
      const token = usable(refreshToken);
      return typeof token === 'string' ? undefined : token.pair.grant;
    },
    revoke({ userId, integrationUuid } = {}) {
      for (const grant of grants) {
        const isMeant =
          (userId ?? grant.user.id) === grant.user.id &&
          (integrationUuid ?? grant.integrationUuid) === grant.integrationUuid;
        if (isMeant) grant.isRevoked = true;
      }
    },
  };
}

/** A token that only the CRM can read. */
function opaque(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(48));
  return `def502${Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
