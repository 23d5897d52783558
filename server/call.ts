/** What a route receives besides the request. Only callers whose token was accepted reach a route. */
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Caller, Proof } from './caller.ts';
import { Refused } from './http/refusal.ts';

export type CallerEnv = {
  Bindings: {
    readonly caller: Caller;
    /** `admins`: employees who count as admins when the token does not say who is one. */
    readonly config: { readonly admins: readonly string[] };
  };
};

/** What the log learns while a request is answered. */
export type RequestContext = Pick<Proof, 'onCaller' | 'onDefect'> & {
  readonly onAccount?: (accountId: string) => void;
  /** The client's network address, where it is known. */
  readonly from?: string | undefined;
};

export type Account = {
  /** The id of the account's row, which every query carries. */
  readonly id: string;
  readonly crmAccountId: string;
  /** The host of the account's pages. */
  readonly host: string | null;
};

/** For routes of an account, with or without a connected chat service. */
export type AccountEnv = {
  Bindings: { readonly account: Account; readonly caller: Caller; readonly proof: Proof };
};

export function isAdmin(caller: Caller, { admins }: CallerEnv['Bindings']['config']): boolean {
  return caller.isAdmin ?? admins.includes(caller.employeeId);
}

export const admin: MiddlewareHandler<CallerEnv> = async ({ env: { caller, config } }, next) => {
  if (!isAdmin(caller, config)) {
    const isUnknown = caller.isAdmin === undefined && config.admins.length === 0;
    throw new Refused(isUnknown ? 'ADMINS_UNKNOWN' : 'ADMINS_ONLY');
  }
  await next();
};

/** Lets only callers through whose token says that they are an administrator. */
export const adminOfAccount = createMiddleware<AccountEnv>(async (context, next) => {
  if (context.env.caller.isAdmin !== true) throw new Refused('ADMINS_ONLY');
  await next();
});
