/** The envelope of every answer of the partner API, and its errors. */
import { seconds, type Clock } from '../../../world/clock.ts';

export const enveloped = (clock: Clock, data: unknown): Response =>
  Response.json({ data, meta: { timestamp: seconds(clock) } });

export const partnerError = (
  status: number,
  code: string,
  title: string,
  detail: string,
  errors: readonly string[] = [],
): Response => Response.json({ code, title, detail, errors }, { status });

export const notValid = (errors: readonly string[]): Response =>
  partnerError(
    400,
    'VALIDATION_FAILED',
    'Validation Failed',
    'One or more fields did not pass validation.',
    errors,
  );

export const unauthorized = (): Response =>
  partnerError(401, 'UNAUTHORIZED', 'Unauthorized', 'Invalid token');
