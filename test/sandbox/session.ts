/** Who is logged in: an HttpOnly cookie on each host name, and the world's list of sessions behind it. */
import type { World } from '../world/world.ts';

const COOKIE = 'session';

/** How the CRM's pages know their person. Where there are no cookies, something else has to say who asks. */
export type Sessions = {
  /** The employee whose session the request carries; an employee who is gone has none. */
  readonly whoAsks: (request: Request) => number | undefined;
  /** Logs in and answers the headers that say so to the browser. */
  readonly logIn: (request: Request, employeeId: number) => Record<string, string>;
  /** A cookie that pages set by themselves. */
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

/** The value of one cookie of a header. */
export function cookieIn(header: string, name: string): string | undefined {
  const pairs = header.split(';').map(pair => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
