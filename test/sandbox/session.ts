/** Who is logged in: an HttpOnly cookie on each host name, and the world's list of sessions behind it. */
import { randomUUID } from 'node:crypto';
import type { World } from '../world/world.ts';

const COOKIE = 'session';

/** The value of one cookie of a request. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map(pair => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

/** The employee whose session the request carries; an employee who is gone has none. */
export function whoAsks(world: World, request: Request): number | undefined {
  const token = cookieOf(request, COOKIE);
  const employeeId = token === undefined ? undefined : world.crm.sessions.get(token);
  return employeeId !== undefined && world.crm.users.has(employeeId) ? employeeId : undefined;
}

/** Logs in and answers the `Set-Cookie` header that says so. */
export function logIn(world: World, employeeId: number): string {
  const token = randomUUID();
  world.crm.sessions.set(token, employeeId);
  return `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax`;
}
