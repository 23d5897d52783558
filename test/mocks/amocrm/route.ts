/**
 * One route of the CRM as a row of its table: its address, who may call it, and the parameters and fields it knows.
 * `router.ts` refuses everything else by name, so a row lists only what it implements.
 */
import * as v from 'valibot';
import type { CrmUser } from '../../world/crm.ts';
import { unknownIn } from '../fields.ts';
import type { Parameters } from '../parameters.ts';
import { problem } from './problem.ts';

/** An accepted request. It acts as the session's employee, with their rights. */
export type Visit<Body = unknown> = {
  readonly me: CrmUser;
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
};

type Answered = Response | Promise<Response>;
type On = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

type Declared<Schema extends v.GenericSchema> = {
  /** Employees by default. */
  readonly who?: 'employees' | 'admins';
  readonly query?: Parameters;
  /** Made with `fields`, so that an unknown field can be distinguished from an invalid one. */
  readonly body?: Schema;
  /** The body is a form, not JSON. */
  readonly form?: boolean;
  /** The answer to an invalid body. */
  readonly wrong?: (body: unknown) => Response;
};

export type Route = {
  readonly on: On;
  readonly who: 'employees' | 'admins';
  readonly query: Parameters;
  /** How to read the body; undefined for a route without one. */
  readonly body: 'json' | 'form' | undefined;
  /** The fields and values of a body that are not emulated. */
  readonly beyond: (body: unknown) => readonly string[];
  readonly answer: (visit: Visit) => Answered;
};

const notValid = (): Response => problem(400, 'Request validation failed');

/** `:id` in the address stands for a number; any other name for a part without a slash. */
export function route<Schema extends v.GenericSchema = v.UndefinedSchema<undefined>>(
  on: On,
  declared: Declared<Schema>,
  act: (visit: Visit<v.InferOutput<Schema>>) => Answered,
): Route {
  const { who = 'employees', query = {}, body: schema, form = false, wrong = notValid } = declared;
  return {
    on,
    who,
    query,
    body: schema && (form ? 'form' : 'json'),
    beyond: body => (schema ? unknownIn(schema, body) : body === undefined ? [] : ['a body']),
    answer(visit) {
      const { success, output } = v.safeParse(schema ?? v.undefined(), visit.body);
      return success ? act({ ...visit, body: output }) : wrong(visit.body);
    },
  };
}
