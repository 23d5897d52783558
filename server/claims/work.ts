/** What follows a claim, as it is kept until it is done: it holds words of people, so it is sealed, and goes when it is done. */
import type { ClaimPlan } from '../../domain/claim-plan.ts';

export type Work = { readonly plan: ClaimPlan };

export const workOf = (plan: ClaimPlan): Work => ({ plan });
