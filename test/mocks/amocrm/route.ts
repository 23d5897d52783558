/**
 * One route of the CRM as a row of its table: its address, who may ask, which parameters and which fields it
 * knows. `router.ts` refuses and names everything else, so a row lists nothing that it does not carry out.
 */
import * as v from 'valibot';
import type { CrmUser } from '../../world/crm.ts';
import type { Parameters } from './parameters.ts';
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

/** An object of which no other field is known, also none that every object inherits. */
export const fields = <const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.ObjectWithRestSchema<Entries, v.NeverSchema<undefined>, undefined> =>
  v.objectWithRest(Object.assign(Object.create(null), entries), v.never());

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

/** A field is not known, or the value of a field that has a choice of them. */
const NOT_EMULATED: ReadonlySet<string> = new Set(['never', 'picklist', 'literal']);

function unknownIn(schema: v.GenericSchema, body: unknown): string[] {
  const { issues = [] } = v.safeParse(schema, body);
  const found = issues
    .filter(({ type, path }) => NOT_EMULATED.has(type) && !Array.isArray(path?.at(-1)?.input))
    .map(({ type, path = [], received }) => {
      const name = path.map(({ key }) => (typeof key === 'number' ? '[]' : String(key))).join('.');
      return type === 'never' ? name : `${name}: ${received}`;
    });
  return [...found, ...passedOver(body)];
}

/** The schemas pass over these, for the safety of whoever copies a record. */
const PASSED_OVER = new Set(['__proto__', 'prototype', 'constructor']);

function passedOver(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => (PASSED_OVER.has(key) ? [key] : passedOver(value)));
}
