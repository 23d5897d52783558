/**
 * The CRM's socket, carried by the pages' event stream. People receive changes of records that they can see or could
 * see until now.
 */
import { channelsOf, messageOf } from '../world/pushes.ts';
import type { World } from '../world/world.ts';
import type { EventStream } from './event-stream.ts';
import type { SocketMessage } from './wire/socket.ts';

export function pushesTo(events: EventStream, world: World): void {
  world.hear(push => {
    const { crm } = world;
    const said: SocketMessage = { channels: channelsOf(push), message: messageOf(push) };
    const mayView = (person: number): boolean =>
      push.ownerIds.some(ownerId => crm.may(person, 'view', { kind: push.entity, ownerId }));
    events.send('push', said, person => person !== undefined && mayView(person));
  });
}
