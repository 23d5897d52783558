/** Contacts as the CRM's own pages read and write them, with the rights of whoever sits in front of them. */
import * as v from 'valibot';
import { seconds } from '../world/clock.ts';
import type { CrmContact } from '../world/crm.ts';
import type { World } from '../world/world.ts';
import { draftSchema, type ContactRow, type ContactSheet, type FeedEntry } from './wire/contacts.ts';

const nameOf = (world: World, userId: number): string => world.crm.users.get(userId)?.name ?? `#${userId}`;

const visible = (world: World, actorId: number): CrmContact[] =>
  [...world.crm.contacts.values()].filter(contact => world.crm.contactFor(actorId, contact.id));

/** Answers /_page/contacts, /_page/contacts/<id> and /_page/contacts/<id>/feed. */
export async function contactsResponse(world: World, actorId: number, request: Request): Promise<Response> {
  const [, id, feed] = /^\/_page\/contacts(?:\/(\d+)(\/feed)?)?$/.exec(new URL(request.url).pathname) ?? [];
  const writes = request.method === 'POST';
  if (id === undefined) return writes ? create(world, request) : Response.json(rows(world, actorId));
  const contact = world.crm.contactFor(actorId, Number(id));
  if (!contact) return new Response(null, { status: 404 });
  if (feed) return Response.json(feedOf(world, contact));
  return writes ? save(world, actorId, contact, request) : Response.json(sheetOf(world, actorId, contact));
}

function rows(world: World, actorId: number): ContactRow[] {
  return visible(world, actorId).map(contact => ({
    id: contact.id,
    name: contact.name,
    phone: contact.phones[0] ?? '',
    responsibleName: nameOf(world, contact.responsibleUserId),
  }));
}

function sheetOf(world: World, actorId: number, contact: CrmContact): ContactSheet {
  const ids = visible(world, actorId).map(one => one.id);
  const at = ids.indexOf(contact.id);
  const statusOf = new Map(world.crm.pipelines.flatMap(one => one.statuses).map(one => [one.id, one.name]));
  return {
    id: contact.id,
    name: contact.name,
    phones: contact.phones,
    responsibleUserId: contact.responsibleUserId,
    leads: [...world.crm.leads.values()]
      .filter(lead => lead.contactIds.includes(contact.id))
      .map(lead => ({
        id: lead.id,
        name: lead.name,
        status: statusOf.get(lead.statusId) ?? '',
        responsibleName: nameOf(world, lead.responsibleUserId),
      })),
    previous: ids[at - 1] ?? null,
    next: ids[at + 1] ?? null,
  };
}

function feedOf(world: World, contact: CrmContact): FeedEntry[] {
  return world.crm.ownerChanges
    .filter(change => change.entityType === 'contact' && change.entityId === contact.id)
    .map(change => ({
      id: change.id,
      at: change.createdAt * 1000,
      by: nameOf(world, change.createdBy),
      text: `${nameOf(world, change.before)} → ${nameOf(world, change.after)}`,
    }))
    .toReversed();
}

async function save(world: World, actorId: number, contact: CrmContact, request: Request): Promise<Response> {
  const draft = v.parse(draftSchema, await request.json());
  if (!world.crm.mayEdit(actorId, contact)) return new Response(null, { status: 403 });
  const assigned = world.crm.assignContact(actorId, contact.id, draft.responsibleUserId);
  if (typeof assigned === 'string') return new Response(null, { status: 403 });
  contact.name = draft.name;
  contact.phones = draft.phones;
  contact.updatedAt = seconds(world.clock);
  world.changed();
  return Response.json({ id: contact.id });
}

async function create(world: World, request: Request): Promise<Response> {
  const draft = v.parse(draftSchema, await request.json());
  const { id } = world.crm.addContact(draft.name, draft.phones, draft.responsibleUserId);
  world.changed();
  return Response.json({ id });
}
