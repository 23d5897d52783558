import * as v from 'valibot';

/** Ids are numbers in the API, and strings in some hooks. */
export const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));

const ID = /^[1-9]\d{0,14}$/;

/** An id that is safe in an address, and in a body as a number. Null if it cannot be an id of the CRM. */
export const recordId = (given: string): string | null => (ID.test(given) ? given : null);

/** An id from a source that is not trusted, such as a hook. */
export const strictId = v.pipe(id, v.regex(ID));
