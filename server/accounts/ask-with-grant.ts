import type { Access, Grants } from './grant.ts';

export type HeldAccess = Access & { readonly kind: 'access' };
type Whose = {
  readonly accountId: string;
  /** Absent: asks as the account, with an administrator's grant. */
  readonly employeeId?: string | undefined;
};

/**
 * Asks a CRM with a grant's token. A token that the CRM refuses is renewed once. If it refuses the new one too, the
 * grant ends and the next grant is tried. `needs-reauth`: there is no grant. `later`: the token could not be renewed
 * now, and the grant may still be valid.
 */
export async function askWithGrant<Answer>(
  grants: Pick<Grants, 'access' | 'refused' | 'end'>,
  whose: Whose,
  patience: AbortSignal,
  ask: (access: HeldAccess) => Promise<Answer | 'unauthorized'>,
  before: HeldAccess | null = null,
): Promise<Answer | 'needs-reauth' | 'later'> {
  const access = await grants.access(whose.accountId, patience, whose.employeeId);
  if (access.kind !== 'access') return access.kind;
  const answer = await ask(access);
  if (answer !== 'unauthorized') return answer;
  if (access.token === before?.token) return 'later';
  if (access.grantId === before?.grantId) await grants.end({ id: access.grantId, version: access.version });
  else await grants.refused(access, patience);
  return askWithGrant(grants, whose, patience, ask, access);
}
