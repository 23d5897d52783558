/** How people of an account let us in, and what tokens come of it. */

export type Integration = {
  readonly id: string;
  readonly secret: string;
  /** Byte for byte as it is registered. */
  readonly redirectUri: string;
};

export type FreshTokens = {
  readonly access: string;
  readonly refresh: string;
  readonly expiresInSeconds: number;
  /** Where the CRM says that the account lives, if it is not where the tokens were given. */
  readonly host?: string;
};

export type TokenPair = FreshTokens & {
  /** Who gave it, in which account: the CRM itself says so. */
  readonly employeeId: string;
  readonly accountId: string;
  /** Whether they are an administrator there, if the CRM says so at once. */
  readonly isAdmin?: boolean;
};

/**
 * - `dead`: the CRM will never take this code or refresh token
 * - `later`: the CRM is down, too busy, or blocks our address; the token may still be good
 * - `unknown`: no answer; whether it was spent is not known
 */
export type TokenAnswer<Pair = TokenPair> =
  | { readonly kind: 'pair'; readonly pair: Pair }
  | { readonly kind: 'dead' | 'later' | 'unknown'; readonly hint: string };

/** `gone`: the CRM takes this refresh token at no address any more. `unknown`: nobody could tell. */
export type Whereabouts =
  | { readonly kind: 'at'; readonly host: string }
  | { readonly kind: 'gone' | 'unknown' };

/** A token, and where it is taken. */
export type CrmAccess = { readonly host: string; readonly token: string };

/** A code and a refresh token may be good once: nothing here asks twice. */
export type CrmOAuth = {
  readonly exchange: (host: string, code: string, patience: AbortSignal) => Promise<TokenAnswer>;
  readonly renew: (host: string, refresh: string, patience: AbortSignal) => Promise<TokenAnswer<FreshTokens>>;
  /** Where an account lives now: its old address does not answer once it has another name. */
  readonly whereNow: (
    held: { readonly access: string; readonly refresh: string },
    accountId: string,
    patience: AbortSignal,
  ) => Promise<Whereabouts>;
  /** Null is no answer: the CRM checks the rights at each request all the same. */
  readonly isAdministrator: (access: CrmAccess, patience: AbortSignal) => Promise<boolean | null>;
  /** The account that is at this host; null where the CRM does not tell. */
  readonly accountAt: (
    access: CrmAccess,
    patience: AbortSignal,
  ) => Promise<{ readonly id: string; readonly country: string | null } | null>;
};
