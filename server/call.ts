/** What a route is given besides the request: it is reached only by a caller whose token was believed. */
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Caller, Proof } from './caller.ts';
import { Refused } from './http/refusal.ts';

export type CallerEnv = {
  Bindings: {
    readonly caller: Caller;
    /** `admins`: employees who count as admins when a token does not say who is one. */
    readonly config: { readonly admins: readonly string[] };
  };
};

/** What is told while a request is answered, for the log. */
export type RequestContext = Pick<Proof, 'onCaller' | 'onDefect'> & {
  readonly onAccount?: (accountId: string) => void;
  /** The network address that the request came from, where it is known. */
  readonly from?: string | undefined;
};

export type Account = {
  /** The id of its row, which every query carries. */
  readonly id: string;
  readonly crmAccountId: string;
  /** Where its pages are. */
  readonly host: string | null;
};

/** Of an account, whether or not it has a chat service. */
export type AccountEnv = {
  Bindings: { readonly account: Account; readonly caller: Caller; readonly proof: Proof };
};

export function isAdmin(caller: Caller, { admins }: CallerEnv['Bindings']['config']): boolean {
  return caller.isAdmin ?? admins.includes(caller.employeeId);
}

export const admin: MiddlewareHandler<CallerEnv> = async ({ env: { caller, config } }, next) => {
  if (!isAdmin(caller, config)) {
    const nobodyKnows = caller.isAdmin === undefined && config.admins.length === 0;
    throw new Refused(nobodyKnows ? 'ADMINS_UNKNOWN' : 'ADMINS_ONLY');
  }
  await next();
};

/** Lets administrators through whose token says so. */
export const adminOfAccount = createMiddleware<AccountEnv>(async (context, next) => {
  if (context.env.caller.isAdmin !== true) throw new Refused('ADMINS_ONLY');
  await next();
});
