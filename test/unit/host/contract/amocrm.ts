/** amoCRM and Kommo, which are one CRM in two zones. Pages send their requests to it directly. */
import { Window } from 'happy-dom';
import { vi } from 'vitest';
import { stageInNode } from '../../../mocks/node.ts';
import { crmPage } from '../../../support/host-page.ts';
import { servicesOf } from '../../../support/services.ts';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN } from '../../../world/people.ts';
import type { Host, Lent } from './lent.ts';

export const inZone = (name: string, crmOrigin: string): Host => ({
  name,
  can: { 'changes-many-at-once': true, 'pushes-changes': true },
  begin: async () => ({
    openAs: async employeeId => lent(employeeId, crmOrigin),
    end: async () => void vi.unstubAllGlobals(),
  }),
});

function lent(employeeId: number, crmOrigin: string): Lent {
  const stage = stageInNode({ person: employeeId, clock: standingClock(), crmOrigin });
  const { world } = stage;
  const { crm, clock } = world;
  const me = crm.users.get(employeeId);
  if (!me) throw new Error(`Nobody is ${employeeId}`);
  const leadOf = (id: string) => {
    const lead = crm.leads.get(Number(id));
    if (!lead) throw new Error(`There is no deal ${id}`);
    return lead;
  };
  const { document, MutationObserver } = new Window();
  const listeners = new Map<string, Set<() => void>>();
  return {
    async open({ contactId, dealId, own, isListBroken = false } = {}) {
      vi.stubGlobal('document', document);
      vi.stubGlobal('MutationObserver', MutationObserver);
      return crmPage(
        { world, person: employeeId },
        {
          ...(contactId !== undefined && { contactId: Number(contactId) }),
          ...(dealId !== undefined && { dealId: Number(dealId) }),
          own: own ?? null,
          listsMe: !isListBroken,
          listens(channel, _keys, listener) {
            const heard = listeners.get(channel) ?? new Set();
            listeners.set(channel, heard.add(listener));
            return () => heard.delete(listener);
          },
        },
      );
    },
    switchTheme(theme) {
      document.documentElement.dataset['colorScheme'] = theme;
    },
    push: contactId => listeners.get(`contacts:card:${contactId}`)?.forEach(listener => listener()),
    origin: crmOrigin,
    rename(id, name) {
      const one = crm.users.get(id);
      if (one) one.name = name;
    },
    records: servicesOf(world).records,
    asked: stage.requests,
    now: () => Math.floor(clock.now() / 1000),
    pass: seconds => clock.advance(seconds * 1000),
    openContact: ({ name = 'Anna', phones = [], ownerId }) =>
      String(crm.addContact(name, [...phones], ownerId).id),
    openDeal: ({ title = 'Doors', contactIds, ownerId }) =>
      String(crm.addLead(title, contactIds.map(Number), ownerId).id),
    deleteContact: id => void crm.deleteContact(ADMIN, Number(id)),
    hideContact() {
      me.contacts = { ...me.contacts, view: 'M' };
    },
    deleteDeal(id) {
      leadOf(id).isDeleted = true;
    },
    hideDeal() {
      me.leads = { view: 'M', edit: 'M' };
    },
    winDeal: id => void crm.moveLead(ADMIN, Number(id), 142),
    withoutRight() {
      me.contacts = { ...me.contacts, edit: 'M' };
      me.leads = { view: 'A', edit: 'M' };
    },
    assign: (byId, contactId, toId) => void crm.assignContact(byId, Number(contactId), toId),
    addNote: (byId, contactId, text) =>
      void crm.addNote(byId, { entityType: 'contacts', entityId: Number(contactId) }, text),
    deactivate(id) {
      const one = crm.users.get(id);
      if (one) one.isActive = false;
    },
    ownerOf: id => crm.contacts.get(Number(id))?.responsibleUserId.toString(),
    dealOwnerOf: id => leadOf(id).responsibleUserId.toString(),
    people: () => Array.from(crm.users.values(), ({ id, name }) => ({ id: String(id), name })),
    pipelines: () =>
      crm.pipelines.map(({ id, name, statuses }) => ({
        id: String(id),
        name,
        stages: statuses.map(status => ({ id: String(status.id), name: status.name })),
      })),
    taskDueAt: () => [...crm.tasks.values()][0]?.completeTill,
    befalls: mishap => world.disturbances.add(/^PATCH .*\/contacts/, mishap),
    cardOf: (kind, id) => `${crmOrigin}/${kind === 'contact' ? 'contacts' : 'leads'}/detail/${id}`,
    unhandledRequests: () => world.unhandledRequests,
    close: async () => stage.close(),
  };
}
