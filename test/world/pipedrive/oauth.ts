/**
 * Codes, grants and tokens of the app, without HTTP: pure rules on the world's clock. A grant is the access that one
 * person of one company allowed. A code can be used once and for five minutes, an access token for an hour, a refresh
 * token until sixty days after its last use.
 */
import type { Clock } from '../clock.ts';
import type { PipedriveApp } from './app.ts';
import type { Company } from './company.ts';
import type { PipedriveOddities } from './oddities.ts';

export type Grant = {
  readonly company: Company;
  readonly userId: number;
  /** The scopes that the person was asked to allow. */
  readonly scopes: readonly string[];
  isRevoked: boolean;
};
export type TokenPair = {
  readonly grant: Grant;
  readonly accessToken: string;
  readonly refreshToken: string;
};
export type TokenRefusal =
  | 'authorization_code is invalid'
  | 'authorization_code is expired'
  | 'refresh_token is invalid';

export type OAuth = {
  readonly grants: readonly Grant[];
  readonly consent: (company: Company, userId: number) => string;
  readonly exchange: (code: string) => TokenPair | TokenRefusal;
  readonly refresh: (refreshToken: string) => TokenPair | TokenRefusal;
  /** The grant of an access token that is still valid. */
  readonly grantOfAccess: (accessToken: string) => Grant | undefined;
  /**
   * For a refresh token, ends its grant; for an access token, only that token. The caller does not learn whether it was
   * known.
   */
  readonly revoke: (token: string) => Grant | undefined;
  /** Ends everything that this person has allowed the app in this company. */
  readonly end: (company: Company, userId: number) => void;
};

type Code = { readonly grant: Grant; readonly expiresAt: number };
type Access = { readonly grant: Grant; readonly expiresAt: number };
type Refresh = { readonly grant: Grant; usedAt: number };

const MINUTE = 60_000;
const CODE_LIFE = 5 * MINUTE;
export const ACCESS_LIFE = 60 * MINUTE;
const REFRESH_IDLE = 60 * 24 * 60 * MINUTE;

export function createOAuth(clock: Clock, app: PipedriveApp, oddities: PipedriveOddities): OAuth {
  const codes = new Map<string, Code>();
  const accesses = new Map<string, Access>();
  const refreshes = new Map<string, Refresh>();
  const grants: Grant[] = [];

  const accessFor = (grant: Grant): string => {
    const token = opaque('v1u');
    accesses.set(token, { grant, expiresAt: clock.now() + ACCESS_LIFE });
    return token;
  };
  const pairFor = (grant: Grant, kept?: string): TokenPair => {
    const refreshToken = kept ?? opaque('v1r');
    refreshes.set(refreshToken, { grant, usedAt: clock.now() });
    return { grant, accessToken: accessFor(grant), refreshToken };
  };

  return {
    grants,
    consent(company, userId) {
      const code = opaque('code', 40);
      const grant = { company, userId, scopes: [...app.scopes], isRevoked: false };
      codes.set(code, { grant, expiresAt: clock.now() + CODE_LIFE });
      return code;
    },
    exchange(given) {
      const code = codes.get(given);
      if (!code) return 'authorization_code is invalid';
      codes.delete(given);
      if (clock.now() >= code.expiresAt) return 'authorization_code is expired';
      grants.push(code.grant);
      return pairFor(code.grant);
    },
    refresh(given) {
      const token = refreshes.get(given);
      if (!token || token.grant.isRevoked || clock.now() >= token.usedAt + REFRESH_IDLE) {
        return 'refresh_token is invalid';
      }
      if (oddities.refreshRotation === 'same') return pairFor(token.grant, given);
      refreshes.delete(given);
      return pairFor(token.grant);
    },
    grantOfAccess(accessToken) {
      const access = accesses.get(accessToken);
      return access && !access.grant.isRevoked && clock.now() < access.expiresAt ? access.grant : undefined;
    },
    revoke(token) {
      accesses.delete(token);
      const grant = refreshes.get(token)?.grant;
      if (grant) grant.isRevoked = true;
      return grant;
    },
    end(company, userId) {
      for (const grant of grants) {
        if (grant.company === company && grant.userId === userId) grant.isRevoked = true;
      }
    },
  };
}

/** As long as the vendor asks clients to support (768 characters). */
function opaque(start: string, length = 768): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `${start}:${Array.from(bytes, byte => LETTERS[byte % LETTERS.length]).join('')}`;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
