/** Who is logged in: an HttpOnly cookie per host name, and the world's list of sessions. */
import type { World } from '../world/world.ts';

const COOKIE = 'session';

/** How the CRM's pages identify their user. Where there are no cookies, something else has to identify them. */
export type Sessions = {
  /** The employee of the request's session; undefined if the employee was deleted. */
  readonly whoAsks: (request: Request) => number | undefined;
  /** Logs in and returns the headers for the browser. */
  readonly logIn: (request: Request, employeeId: number) => Record<string, string>;
  /** A cookie that pages set themselves. */
  readonly cookie: (request: Request, name: string) => string | undefined;
};

export const cookieSessions = (world: World): Sessions => ({
  whoAsks(request) {
    const token = cookieIn(request.headers.get('cookie') ?? '', COOKIE);
    const employeeId = token === undefined ? undefined : world.crm.sessions.get(token);
    return employeeId !== undefined && world.crm.users.has(employeeId) ? employeeId : undefined;
  },
  logIn(_request, employeeId) {
    const token = crypto.randomUUID();
    world.crm.sessions.set(token, employeeId);
    return { 'set-cookie': `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax` };
  },
  cookie: (request, name) => cookieIn(request.headers.get('cookie') ?? '', name),
});

/** The value of one cookie in a header. */
export function cookieIn(header: string, name: string): string | undefined {
  const pairs = header.split(';').map(pair => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
