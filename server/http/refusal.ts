/** All refusals of the gateway itself. Refusals of the chat service pass through unchanged. */

const REFUSALS = {
  TOKEN_MISSING: [401, 'Send the one-time token of the CRM in the X-Auth-Token header.'],
  TOKEN_INVALID: [401, 'The token was not issued for this account and this integration.'],
  TOKEN_EXPIRED: [401, 'The token has expired: ask the CRM for a new one.'],
  ORIGIN_FOREIGN: [403, "Only pages of this gateway's own CRM account may call it."],
  ADMINS_ONLY: [403, 'Only an administrator of the CRM account may do this.'],
  ADMINS_UNKNOWN: [
    403,
    'The token does not say who is an administrator, and the CRM could not be asked. Nothing was changed.',
  ],
  ACCOUNT_UNKNOWN: [
    403,
    'This account has not installed the integration, or this server does not know about it yet.',
  ],
  CHAT_NOT_CONNECTED: [409, 'An administrator has to connect the chat service first.'],
  KEY_NOT_TAKEN: [422, 'The chat service does not accept this key.'],
  STATE_NOT_TAKEN: [422, 'The chat service does not know this state, or it has expired.'],
  CONNECTED_ALREADY: [409, 'The account is connected with another key: say that this one replaces it.'],
  KEY_IN_USE: [
    409,
    'Another account is connected with this key, or with another one of the same chat account.',
  ],
  ROLE_REQUIRED: [403, 'Only an employee who may answer on some channel, or an administrator, may do this.'],
  NOT_YOURS: [403, "Employees may ask for their own unanswered chats, not for a colleague's."],
  /** The same answer as for a client that does not exist, so that probing ids does not reveal which ones do. */
  NOT_SEEN: [404, 'There is no such client, or this employee may not see them.'],
  WATCH_OVER: [
    403,
    'This watch has expired or belongs to another person: ask for a new one with the client.',
  ],
  CRM_UNREACHABLE: [502, 'The CRM does not answer the server now. Nothing was changed.'],
  CRM_NEEDS_REAUTH: [
    409,
    'An administrator has to allow the server to read the CRM again. Nothing was changed.',
  ],
  GRANT_MISSING: [403, 'This employee has to allow the server to ask the CRM for them. Nothing was changed.'],
  CRM_BUSY: [429, 'Too many requests to the CRM: try again in a moment.'],
  CRM_BUDGET_GONE: [
    429,
    "The company's daily budget of requests to the CRM is used up until the CRM's midnight.",
  ],
  ROLES_READ_ONLY: [403, 'This key may not write roles: set them in the cabinet of the chat service.'],
  ROUTE_UNKNOWN: [404, 'The gateway has no such route.'],
  CHANGE_UNKNOWN: [404, 'The history has no such change of roles.'],
  OWN_SETTINGS_TOO_LONG: [422, 'The settings are longer than eight kilobytes.'],
  OWN_SETTINGS_TOO_MANY_PEOPLE: [422, 'More than a hundred people have a channel of their own.'],
  STALE: [412, 'Somebody saved other settings meanwhile: merge with the current ones and try again.'],
  WRITTEN_UNKNOWN: [
    502,
    'The roles were sent to the chat service and could not be read back: read them to learn whether they were written.',
  ],
  NOT_WRITTEN: [504, 'Other writes took so long that this one was not started. Nothing was written.'],
  DATABASE_DOWN: [503, "The server's database does not answer. Nothing was written."],
  BODY_TOO_LARGE: [413, 'The body is larger than this route accepts.'],
  /** The client is gone, so only the log sees this code. */
  BODY_UNFINISHED: [408, 'The rest of the body did not arrive in time.'],
  PRECONDITION_REQUIRED: [428, 'Send If-Match with the ETag of the settings that the change is based on.'],
  TOO_MANY_AT_ONCE: [429, 'Too many requests of this account or to the chat service: try again in a moment.'],
  DEFECT: [500, 'The server failed. Whether it did what was asked is unknown.'],
  BODY_INVALID: [400, 'The body does not have the form that this route expects.'],
  KEY_TOO_WEAK: [403, 'The key in the configuration of the gateway does not open this.'],
  KEY_REFUSED: [502, 'The chat service refuses the key in the configuration of the gateway.'],
  SERVICE_UNREACHABLE: [
    502,
    'The connection to the chat service failed; whether it did what was asked is unknown.',
  ],
  /** The chat service's own code. */
  BAD_CONTACT: [422, 'This is not a phone number of any country. Nothing was sent.'],
  SERVICE_REFUSED: [502, 'The chat service does not accept what the CRM says about this client.'],
  SERVICE_UNREADABLE: [502, 'The chat service sent an answer that the gateway cannot read.'],
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

/** Thrown at any depth to end the request with this answer. */
export class Refused extends Error {
  readonly answer: Response;
  /** Null when the chat service itself refused. */
  readonly code: RefusalCode | null;

  constructor(reason: RefusalCode | Response) {
    super(typeof reason === 'string' ? reason : `The chat service answered ${reason.status}`);
    this.name = 'Refused';
    this.code = typeof reason === 'string' ? reason : null;
    this.answer = typeof reason === 'string' ? refusal(reason) : reason;
  }
}
