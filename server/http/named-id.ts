import * as v from 'valibot';

/** As a page names one. There is one way to write each: to the CRM "0501" may be 501, to the chat service it is another client. */
export const namedId = v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,17})$/));
