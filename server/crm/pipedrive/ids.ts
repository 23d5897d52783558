import * as v from 'valibot';

/** Numbers in the API, text in some of the hooks. */
export const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));

const ID = /^[1-9]\d{0,14}$/;

/** As it may stand in an address and as a number in a body. Null for what is no id of the CRM's: nothing has it. */
export const recordId = (given: string): string | null => (ID.test(given) ? given : null);

/** An id that nobody has vouched for yet, such as one in a hook. */
export const strictId = v.pipe(id, v.regex(ID));
