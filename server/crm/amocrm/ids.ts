import * as v from 'valibot';

/** The CRM writes its ids as numbers. */
export const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));

/** As it may stand in an address and as a number in a body. Null for what is no id of the CRM's: nothing has it. */
export const recordId = (given: string): string | null => (/^[1-9]\d{0,14}$/.test(given) ? given : null);

/** As a page names one. There is one way to write each: to the CRM "0501" may be 501, to the chat service it is another client. */
export const namedId = v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,17})$/));
