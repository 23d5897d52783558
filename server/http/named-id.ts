import * as v from 'valibot';

/**
 * An id from a page. Only the canonical spelling is valid: the CRM may read "0501" as 501, but to the chat service it is
 * another client.
 */
export const namedId = v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,17})$/));
