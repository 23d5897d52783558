/** Every refusal that is the gateway's own. The service's refusals pass through as they are. */

const REFUSALS = {
  TOKEN_MISSING: [401, 'Send the one-time token of the CRM in the X-Auth-Token header.'],
  TOKEN_INVALID: [401, 'The token was not issued for this account and this integration.'],
  TOKEN_EXPIRED: [401, 'The token has expired: ask the CRM for a new one.'],
  ORIGIN_FOREIGN: [403, "Only pages of this gateway's own CRM account may call it."],
  ADMINS_ONLY: [403, 'Only an administrator of the CRM account may do this.'],
  ADMINS_UNKNOWN: [
    403,
    'The token does not say who is an administrator: list the ids of the administrators in ADMINS in the configuration of the gateway.',
  ],
  ROLE_REQUIRED: [403, 'Only an employee who may answer on some channel, or an administrator, may do this.'],
  NOT_YOURS: [403, "An employee may ask for his own unanswered chats, not for a colleague's."],
  ROLES_READ_ONLY: [403, 'This key may not write roles: set them in the cabinet of the chat service.'],
  ROUTE_UNKNOWN: [404, 'The gateway has no such route.'],
  STALE: [412, 'Somebody saved other settings meanwhile: merge with the current ones and try again.'],
  BODY_TOO_LARGE: [413, 'The body is larger than four megabytes.'],
  PRECONDITION_REQUIRED: [428, 'Send If-Match with the ETag of the settings that the change is based on.'],
  BODY_INVALID: [400, 'The body does not have the form that this route expects.'],
  KEY_TOO_WEAK: [403, 'The key in the configuration of the gateway does not open this.'],
  KEY_REFUSED: [502, 'The chat service refuses the key in the configuration of the gateway.'],
  SERVICE_UNREACHABLE: [
    502,
    'The connection to the chat service failed; whether it did what was asked is unknown.',
  ],
  SERVICE_UNREADABLE: [502, 'The chat service answered something that the gateway cannot read.'],
  SERVICE_TIMEOUT: [
    504,
    'The chat service did not answer in time; whether it did what was asked is unknown.',
  ],
} as const satisfies Record<string, readonly [status: number, description: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export function refusal(code: RefusalCode, more: Record<string, unknown> = {}): Response {
  const [status, description] = REFUSALS[code];
  return Response.json({ error: code, description, ...more }, { status });
}

/** Ends a request with this answer, from however deep. */
export class Refused extends Error {
  readonly answer: Response;

  constructor(reason: RefusalCode | Response) {
    super(typeof reason === 'string' ? reason : `The chat service answered ${reason.status}`);
    this.name = 'Refused';
    this.answer = typeof reason === 'string' ? refusal(reason) : reason;
  }
}
