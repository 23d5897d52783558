/** Deals as the CRM's own pages read and write them, with the rights of the page's user. */
import * as v from 'valibot';
import type { CrmLead } from '../world/crm.ts';
import type { World } from '../world/world.ts';
import { feedOf, nameOf } from './feed.ts';
import { dealDraftSchema, type DealRow, type DealSheet } from './wire/cards.ts';

const visible = (world: World, actorId: number): CrmLead[] =>
  [...world.crm.leads.values()].filter(lead => world.crm.leadFor(actorId, lead.id));

const statusesOf = ({ crm }: World): DealSheet['statuses'] =>
  crm.pipelines.flatMap(({ statuses }) => statuses.map(({ id, name }) => ({ id, name })));

export const statusNames = (world: World): ReadonlyMap<number, string> =>
  new Map(statusesOf(world).map(({ id, name }) => [id, name]));

/** Answers /_page/leads, /_page/leads/<id> and /_page/leads/<id>/feed. */
export async function dealsResponse(world: World, actorId: number, request: Request): Promise<Response> {
  const [, id, feed] = /^\/_page\/leads(?:\/(\d+)(\/feed)?)?$/.exec(new URL(request.url).pathname) ?? [];
  const writes = request.method === 'POST';
  if (id === undefined) return writes ? create(world, actorId, request) : Response.json(rows(world, actorId));
  if (id === '0') return Response.json(unsaved(world));
  const lead = world.crm.leadFor(actorId, Number(id));
  if (!lead) return new Response(null, { status: 404 });
  if (feed) return Response.json(feedOf(world, { entityType: 'leads', entityId: lead.id }));
  return writes ? save(world, actorId, lead, request) : Response.json(sheetOf(world, actorId, lead));
}

function rows(world: World, actorId: number): DealRow[] {
  const statuses = statusNames(world);
  return visible(world, actorId).map(lead => ({
    id: lead.id,
    name: lead.name,
    status: statuses.get(lead.statusId) ?? '',
    contactName: world.crm.contacts.get(lead.contactIds[0] ?? 0)?.name ?? '',
    responsibleName: nameOf(world, lead.responsibleUserId),
  }));
}

function sheetOf(world: World, actorId: number, lead: CrmLead): DealSheet {
  const ids = visible(world, actorId).map(one => one.id);
  const at = ids.indexOf(lead.id);
  return {
    id: lead.id,
    name: lead.name,
    statusId: lead.statusId,
    statuses: statusesOf(world),
    responsibleUserId: lead.responsibleUserId,
    contacts: lead.contactIds.flatMap(id => {
      const contact = world.crm.contactFor(actorId, id);
      return contact ? [{ id, name: contact.name, phones: contact.phones, emails: contact.emails }] : [];
    }),
    previous: ids[at - 1] ?? null,
    next: ids[at + 1] ?? null,
  };
}

const unsaved = (world: World): DealSheet => ({
  id: 0,
  name: '',
  statusId: statusesOf(world)[0]?.id ?? 0,
  statuses: statusesOf(world),
  responsibleUserId: 0,
  contacts: [],
  previous: null,
  next: null,
});

async function create(world: World, actorId: number, request: Request): Promise<Response> {
  const { name, statusId, responsibleUserId } = v.parse(dealDraftSchema, await request.json());
  const { id } = world.crm.addLead(name, [], responsibleUserId, actorId);
  world.crm.moveLead(actorId, id, statusId);
  world.changed();
  return Response.json({ id });
}

async function save(world: World, actorId: number, lead: CrmLead, request: Request): Promise<Response> {
  const changed = world.crm.changeLead(actorId, lead.id, v.parse(dealDraftSchema, await request.json()));
  if (typeof changed === 'string') return new Response(null, { status: 403 });
  world.changed();
  return Response.json({ id: lead.id });
}
