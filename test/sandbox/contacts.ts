/** Contacts as the CRM's own pages read and write them, with the rights of the page's user. */
import * as v from 'valibot';
import type { CrmContact } from '../world/crm.ts';
import type { World } from '../world/world.ts';
import { statusNames } from './deals.ts';
import { feedOf, nameOf } from './feed.ts';
import { contactDraftSchema, type ContactRow, type ContactSheet } from './wire/cards.ts';

const refused = (): Response => new Response(null, { status: 403 });

const visible = (world: World, actorId: number): CrmContact[] =>
  [...world.crm.contacts.values()].filter(contact => world.crm.contactFor(actorId, contact.id));

/** Answers /_page/contacts, /_page/contacts/<id>, /_page/contacts/<id>/feed and /_page/contacts/<id>/delete. */
export async function contactsResponse(world: World, actorId: number, request: Request): Promise<Response> {
  const [, id, part] =
    /^\/_page\/contacts(?:\/(\d+)(?:\/(feed|delete))?)?$/.exec(new URL(request.url).pathname) ?? [];
  const writes = request.method === 'POST';
  if (id === undefined) return writes ? create(world, actorId, request) : Response.json(rows(world, actorId));
  const contact = world.crm.contactFor(actorId, Number(id));
  if (!contact) return new Response(null, { status: 404 });
  if (part === 'feed') return Response.json(feedOf(world, { entityType: 'contacts', entityId: contact.id }));
  if (part === 'delete') return remove(world, actorId, contact);
  return writes ? save(world, actorId, contact, request) : Response.json(sheetOf(world, actorId, contact));
}

function rows(world: World, actorId: number): ContactRow[] {
  return visible(world, actorId).map(({ id, name, phones, emails, responsibleUserId }) => ({
    id,
    name,
    phones,
    emails,
    responsibleUserId,
    responsibleName: nameOf(world, responsibleUserId),
  }));
}

function sheetOf(world: World, actorId: number, contact: CrmContact): ContactSheet {
  const ids = visible(world, actorId).map(one => one.id);
  const at = ids.indexOf(contact.id);
  const statuses = statusNames(world);
  return {
    id: contact.id,
    name: contact.name,
    phones: contact.phones,
    emails: contact.emails,
    responsibleUserId: contact.responsibleUserId,
    leads: [...world.crm.leads.values()]
      .filter(lead => lead.contactIds.includes(contact.id) && world.crm.leadFor(actorId, lead.id))
      .map(lead => ({
        id: lead.id,
        name: lead.name,
        status: statuses.get(lead.statusId) ?? '',
        responsibleName: nameOf(world, lead.responsibleUserId),
      })),
    previous: ids[at - 1] ?? null,
    next: ids[at + 1] ?? null,
  };
}

async function save(world: World, actorId: number, contact: CrmContact, request: Request): Promise<Response> {
  const draft = v.parse(contactDraftSchema, await request.json());
  const changed = world.crm.changeContact(actorId, contact.id, draft);
  if (typeof changed === 'string') return refused();
  world.changed();
  return Response.json({ id: contact.id });
}

async function create(world: World, actorId: number, request: Request): Promise<Response> {
  const draft = v.parse(contactDraftSchema, await request.json());
  const { id } = world.crm.addContact(draft.name, draft.phones, draft.responsibleUserId, actorId);
  world.changed();
  return Response.json({ id });
}

function remove(world: World, actorId: number, { id }: CrmContact): Response {
  if (typeof world.crm.deleteContact(actorId, id) === 'string') return refused();
  world.changed();
  return Response.json({ id });
}
