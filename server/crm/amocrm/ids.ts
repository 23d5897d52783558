import * as v from 'valibot';

/** The CRM writes its ids as numbers. */
export const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));

/** An id in the form for an address, and for a body as a number. Null where it cannot be an id of the CRM. */
export const recordId = (given: string): string | null => (/^[1-9]\d{0,14}$/.test(given) ? given : null);
