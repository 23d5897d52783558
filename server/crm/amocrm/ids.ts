import * as v from 'valibot';

/** The CRM writes its ids as numbers. */
export const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));

/** As it may stand in an address and as a number in a body. Null for what is no id of the CRM's: nothing has it. */
export const recordId = (given: string): string | null => (/^[1-9]\d{0,14}$/.test(given) ? given : null);
