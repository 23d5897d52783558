/**
 * The answer of an emulated service to requests that it does not know. It never looks like success, and the world
 * records the name.
 */
import type { World } from '../world/world.ts';

/** 501 with the names of what is missing. */
export function lacking(world: World, names: readonly string[]): Response {
  world.unhandledRequests.push(...names);
  return Response.json(
    {
      title: 'Not Implemented',
      type: 'https://httpstatus.es/501',
      status: 501,
      detail: `This service is emulated, and the emulation lacks: ${names.join(', ')}`,
      lacking: names,
    },
    { status: 501, headers: { 'Content-Type': 'application/problem+json' } },
  );
}
