/**
 * One route of the CRM as a row of its table: its address, who may ask, which parameters and which fields it
 * knows. `router.ts` refuses and names everything else, so a row lists nothing that it does not carry out.
 */
import * as v from 'valibot';
import type { CrmUser } from '../../world/crm.ts';
import { unknownIn } from '../fields.ts';
import type { Parameters } from '../parameters.ts';
import { problem } from './problem.ts';

/** A request that has been let in. It acts as the employee of the session, with their rights. */
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
  /** Employees, unless told. */
  readonly who?: 'employees' | 'admins';
  readonly query?: Parameters;
  /** Made of `fields`, so that a field it does not know is told from a wrong one. */
  readonly body?: Schema;
  /** The body is a form's, not JSON. */
  readonly form?: boolean;
  /** The answer to a body that is wrong. */
  readonly wrong?: (body: unknown) => Response;
};

export type Route = {
  readonly on: On;
  readonly who: 'employees' | 'admins';
  readonly query: Parameters;
  /** How its body is to be read; undefined for a route that takes none. */
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
