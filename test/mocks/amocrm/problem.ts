/** The CRM's errors: problem+json, with the sentences quoted in its documentation and by its users. */

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

export function problem(status: number, detail: string, more: Record<string, unknown> = {}): Response {
  return Response.json(
    { title: TITLES[status], type: `https://httpstatus.es/${status}`, status, detail, ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

/** A missing right to edit is a 400 with a number in its sentence, not a 403. */
export const noRights = (): Response =>
  problem(400, 'Код ошибки 244. Обратитесь в службу поддержки support@amocrm.ru');

/** The pause is in the body; there is no Retry-After. */
export const tooMany = (seconds: number): Response =>
  problem(429, 'You have sent too many requests in a given amount of time. Please try again later.', {
    retry_after: seconds,
  });

export const empty = (): Response => problem(400, 'Request data can not be empty');

/** A route for a single record does not accept a list. */
export const oneOnly = (body: unknown): Response =>
  Array.isArray(body) ? problem(405, 'Method Not Allowed') : empty();

export type Invalid = { readonly path: string; readonly code?: string; readonly detail?: string };

/** One group of errors per entity of a batch, identified by its `request_id`. */
export const invalid = (errors: ReadonlyMap<string, readonly Invalid[]>): Response =>
  problem(400, 'Request validation failed', {
    'validation-errors': Array.from(errors, ([requestId, found]) => ({
      request_id: requestId,
      errors: found.map(({ path, code, detail }) => ({
        code: code ?? 'NotSupportedChoice',
        path,
        detail: detail ?? 'The value you selected is not a valid choice.',
      })),
    })),
  });
