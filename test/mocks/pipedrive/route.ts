/**
 * One route of Pipedrive's API as a row of its table: its scopes, its cost, and the parameters and fields it knows.
 * `router.ts` refuses everything else by name, so a row lists only what it implements.
 */
import * as v from 'valibot';
import type { Actor } from '../../world/pipedrive/changes.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { User } from '../../world/pipedrive/users.ts';
import { unknownIn } from '../fields.ts';
import type { Parameters } from '../parameters.ts';
import { problem } from './problem.ts';

/** An accepted request. It acts as the token's person, with their rights. */
export type Visit<Body = unknown> = {
  readonly company: Company;
  readonly me: User;
  /** The same person, acting through the API. */
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
};

type Answered = Response | Promise<Response>;
type On = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /api/${'v1' | 'v2'}/${string}`;

type Declared<Schema extends v.GenericSchema> = {
  /** Any one of them is enough; a "full" scope includes reading. */
  readonly scopes: readonly string[];
  /** The cost in tokens of the company's daily budget. */
  readonly cost: number;
  /** Counts towards the stricter limit for searches. */
  readonly isSearch?: boolean;
  readonly query?: Parameters;
  /** Made with `fields`, so that an unknown field can be distinguished from an invalid one. */
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

/** Errors of a strict parser; the wording is not documented. */
function wrongIn(issues: readonly v.BaseIssue<unknown>[]): string {
  const [first] = issues;
  const name = first?.path?.map(({ key }) => String(key)).join('.') ?? 'body';
  return `Validation failed: ${name}: ${first?.message ?? 'is wrong'}`;
}
