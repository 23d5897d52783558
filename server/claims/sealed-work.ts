/** The follow-up work of a claim, sealed for the claim's row. */
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';
import { parseWork, type Work } from './work.ts';

type Whose = { readonly accountId: string; readonly press: string };

export const claimBoundTo = ({ accountId, press }: Whose): OfAccount => ({
  accountId,
  boundTo: `claim ${accountId} ${press}`,
});

export const sealWork = (seal: AccountSeal, whose: Whose, work: Work): Promise<string> =>
  seal.seal(JSON.stringify(work), claimBoundTo(whose));

export const openWork = async (seal: AccountSeal, whose: Whose, sealed: string): Promise<Work> =>
  parseWork(await seal.open(sealed, claimBoundTo(whose)));
