/** How the tokens of a grant are stored. */
import * as v from 'valibot';
import type { FreshTokens } from '../crm/oauth.ts';
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';

const tokens = v.pipe(v.string(), v.parseJson(), v.object({ access: v.string(), refresh: v.string() }));
export type Tokens = v.InferOutput<typeof tokens>;
type Whose = { readonly accountId: string; readonly employeeId: string };

/** Binds tokens to their account: they cannot be opened as another account's. */
export const grantBoundTo = ({ accountId, employeeId }: Whose): OfAccount => ({
  accountId,
  boundTo: `crm-grant ${accountId} ${employeeId}`,
});

export const sealTokens = (seal: AccountSeal, whose: Whose, { access, refresh }: Tokens): Promise<string> =>
  seal.seal(JSON.stringify({ access, refresh }), grantBoundTo(whose));

export const openTokens = async (
  seal: AccountSeal,
  { sealedTokens, ...whose }: Whose & { readonly sealedTokens: string },
): Promise<Tokens> => v.parse(tokens, await seal.open(sealedTokens, grantBoundTo(whose)));

export const endOf = ({ expiresInSeconds }: FreshTokens, now: Date): Date =>
  new Date(now.getTime() + expiresInSeconds * 1000);
