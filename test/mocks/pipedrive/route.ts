/**
 * One route of Pipedrive's API as a row of its table: what it is allowed by, what it costs, which parameters and fields it
 * knows. `router.ts` refuses and names everything else, so a row lists nothing that it does not carry out.
 */
import * as v from 'valibot';
import type { Actor } from '../../world/pipedrive/changes.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { User } from '../../world/pipedrive/users.ts';
import { unknownIn } from '../fields.ts';
import type { Parameters } from '../parameters.ts';
import { problem } from './problem.ts';

/** A request that has been let in. It acts as the person whose token it has, with their rights. */
export type Visit<Body = unknown> = {
  readonly company: Company;
  readonly me: User;
  /** Them, through the API. */
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
};

type Answered = Response | Promise<Response>;
type On = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /api/${'v1' | 'v2'}/${string}`;

type Declared<Schema extends v.GenericSchema> = {
  /** Any of them will do; what is allowed in full may be read. */
  readonly scopes: readonly string[];
  /** Tokens of the company's day. */
  readonly cost: number;
  /** Counts among the few searches that are let through. */
  readonly isSearch?: boolean;
  readonly query?: Parameters;
  /** Made of `fields`, so that a field it does not know is told from a wrong one. */
  readonly body?: Schema;
};

export type Route = {
  readonly on: On;
  readonly scopes: readonly string[];
  readonly cost: number;
  readonly isSearch: boolean;
  readonly query: Parameters;
  readonly takesBody: boolean;
  /** The fields of a body that are not emulated. */
  readonly beyond: (body: unknown) => readonly string[];
  readonly answer: (visit: Visit) => Answered;
};

/** `:id` in the address stands for a number. */
export function route<Schema extends v.GenericSchema = v.UndefinedSchema<undefined>>(
  on: On,
  { scopes, cost, isSearch = false, query = {}, body: schema }: Declared<Schema>,
  act: (visit: Visit<v.InferOutput<Schema>>) => Answered,
): Route {
  return {
    on,
    scopes,
    cost,
    isSearch,
    query,
    takesBody: schema !== undefined,
    beyond: body => (schema ? unknownIn(schema, body) : body === undefined ? [] : ['a body']),
    answer(visit) {
      const { success, output, issues } = v.safeParse(schema ?? v.undefined(), visit.body);
      return success ? act({ ...visit, body: output }) : problem(400, wrongIn(issues));
    },
  };
}

/** How a strict reader complains; the words are not documented. */
function wrongIn(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  const name = first?.path?.map(({ key }) => String(key)).join('.') ?? 'body';
  return `Validation failed: ${name}: ${first?.message ?? 'is wrong'}`;
}
