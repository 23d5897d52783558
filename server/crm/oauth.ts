/** How employees of an account give us grants, and the tokens of these grants. */

export type Integration = {
  readonly id: string;
  readonly secret: string;
  /** Exactly as it is registered with the CRM. */
  readonly redirectUri: string;
};

export type FreshTokens = {
  readonly access: string;
  readonly refresh: string;
  readonly expiresInSeconds: number;
  /** The account's host, if it differs from that of the token endpoint. */
  readonly host?: string;
};

export type TokenPair = FreshTokens & {
  /** Who gave the grant, and in which account. The CRM itself says so. */
  readonly employeeId: string;
  readonly accountId: string;
  /** Whether they are an administrator there, if the CRM says so in this answer. */
  readonly isAdmin?: boolean;
};

/**
 * - `dead`: the CRM will never accept this code or refresh token
 * - `later`: the CRM is down, too busy, or blocks our address; the token may still be valid
 * - `unknown`: no answer, so the code or token may have been used up
 */
export type TokenAnswer<Pair = TokenPair> =
  | { readonly kind: 'pair'; readonly pair: Pair }
  | { readonly kind: 'dead' | 'later' | 'unknown'; readonly hint: string };

/** `gone`: the CRM accepts this refresh token at no address. `unknown`: the CRM did not answer. */
export type Whereabouts =
  | { readonly kind: 'at'; readonly host: string }
  | { readonly kind: 'gone' | 'unknown' };

/** A token, and the host that accepts it. */
export type CrmAccess = { readonly host: string; readonly token: string };

/** A code or a refresh token may be valid only once, so nothing here repeats a request. */
export type CrmOAuth = {
  readonly exchange: (host: string, code: string, patience: AbortSignal) => Promise<TokenAnswer>;
  readonly renew: (host: string, refresh: string, patience: AbortSignal) => Promise<TokenAnswer<FreshTokens>>;
  /** The account's host now. Its old host does not answer any more once the account was renamed. */
  readonly whereNow: (
    held: { readonly access: string; readonly refresh: string },
    accountId: string,
    patience: AbortSignal,
  ) => Promise<Whereabouts>;
  /** Null if the CRM does not answer. It checks the rights at each request anyway. */
  readonly isAdministrator: (access: CrmAccess, patience: AbortSignal) => Promise<boolean | null>;
  /** The account at this host. Null if the CRM does not say, or refuses the token. */
  readonly accountAt: (
    access: CrmAccess,
    patience: AbortSignal,
  ) => Promise<{ readonly id: string; readonly country: string | null } | null>;
};
