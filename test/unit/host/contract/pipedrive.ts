/** Pipedrive, which pages ask through our server. The real server is used, with each person's own grant. */
import { Window } from 'happy-dom';
import { vi } from 'vitest';
import type { Shown } from '../../../../widget/host/pipedrive/address.ts';
import { openFrame } from '../../../../widget/host/pipedrive/frame.ts';
import { readPage } from '../../../../widget/host/pipedrive/page-answer.ts';
import { pipedrivePage } from '../../../../widget/host/pipedrive/page.ts';
import { createProof } from '../../../../widget/host/pipedrive/proof.ts';
import { pipedriveRecords } from '../../../../widget/host/pipedrive/records.ts';
import { listen } from '../../../mocks/http.ts';
import { signedToken } from '../../../mocks/pipedrive/signed-token.ts';
import { pipedriveOffice, type PipedriveOffice } from '../../../support/pipedrive-office.ts';
import { ADMIN } from '../../../world/people.ts';
import type { Company } from '../../../world/pipedrive/company.ts';
import { createCrmWindow } from './crm-window.ts';
import type { Host, Lent } from './lent.ts';

export const pipedrive: Host = {
  name: 'Pipedrive',
  can: { 'changes-many-at-once': false, 'pushes-changes': false },
  async begin() {
    // Notes are HTML there, and pages have a parser for it.
    vi.stubGlobal('DOMParser', new Window().DOMParser);
    const office = await pipedriveOffice();
    let opened = 0;
    return {
      openAs(employeeId) {
        opened += 1;
        return lent(office, office.world.pipedrive.openCompany({ domain: `company-${opened}` }), employeeId);
      },
      async end() {
        await office.open.close();
        vi.unstubAllGlobals();
      },
    };
  },
};

/** Our server renews a token that the CRM refuses, and asks once more. */
const REFUSED_TOKENS = 2;

async function lent(office: PipedriveOffice, company: Company, employeeId: number): Promise<Lent> {
  const { world } = office;
  await office.allow(ADMIN, company);
  if (employeeId !== ADMIN) await office.allow(employeeId, company);
  const me = company.users.get(employeeId);
  if (!me) throw new Error(`Nobody is ${employeeId}`);
  const asked: string[] = [];
  let cuts = 0;
  const mount = await listen(async request => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    if (request.method === 'PATCH' && cuts > 0) {
      cuts -= 1;
      return 'cut';
    }
    return office.app(new Request(`${office.origin}${pathname}${search}`, request));
  });
  const { proof } = createProof({ token: () => signedToken(company, employeeId) });
  const personOf = (id: string) => {
    const person = company.persons.get(Number(id));
    if (!person) throw new Error(`There is no person ${id}`);
    return person;
  };
  const dealOf = (id: string) => {
    const deal = company.deals.get(Number(id));
    if (!deal) throw new Error(`There is no deal ${id}`);
    return deal;
  };
  const keptOwn = async (settings: object): Promise<void> => {
    const headers = {
      'X-Auth-Token': await signedToken(company, ADMIN),
      'If-Match': '"0"',
      Origin: office.origin,
    };
    const request = { method: 'PUT', headers, body: JSON.stringify(settings) };
    const { ok, status } = await office.app(
      new Request(`${office.origin}/pipedrive/api/own-settings`, request),
    );
    if (!ok) throw new Error(`The settings were not kept: ${status}`);
  };
  const cardOf: Lent['cardOf'] = (kind, id) =>
    `${company.origin}/${kind === 'contact' ? 'person' : 'deal'}/${id}`;
  const crmWindow = createCrmWindow();
  return {
    async open({ contactId, dealId, own, isListBroken = false } = {}) {
      if (own) await keptOwn(own);
      vi.stubGlobal('window', crmWindow.seen);
      const frame = openFrame(crmWindow.seen.location.search, () => undefined);
      await frame.opened;
      const read = await readPage(`${mount.origin}/pipedrive/api`, proof, shownAs(contactId, dealId));
      if (read.kind !== 'read') throw new Error(`The page was not read: ${read.kind}`);
      const { employees } = read.answer;
      const items = employees.items.filter(({ id }) => !isListBroken || id !== String(employeeId));
      const answer = { ...read.answer, employees: { ...employees, items } };
      return pipedrivePage({
        answer,
        frame,
        gateway: `${mount.origin}/pipedrive/api`,
        proof,
        allowAddress: '',
        nameless: id => `Employee ${id}`,
      });
    },
    switchTheme: theme => crmWindow.emit('user_settings_change', { theme }),
    push: () => undefined,
    origin: company.origin,
    rename(id, name) {
      const one = company.users.get(id);
      if (one) one.name = name;
    },
    records: pipedriveRecords({
      gateway: `${mount.origin}/pipedrive/api`,
      page: { origin: company.origin, employee: () => undefined },
      proof,
    }),
    asked,
    now: () => Math.floor(world.clock.now() / 1000),
    pass: seconds => world.clock.advance(seconds * 1000),
    openContact: ({ name = 'Anna', phones = [], ownerId }) =>
      String(company.addPerson({ name, phones, ownerId }).id),
    openDeal({ title = 'Doors', contactIds, ownerId }) {
      const [personId = null, ...participantIds] = contactIds.map(Number);
      return String(company.addDeal({ title, personId, participantIds, ownerId }).id);
    },
    deleteContact: id => void company.deletePerson(ADMIN, Number(id)),
    hideContact(id) {
      personOf(id).visibleTo = 1;
    },
    deleteDeal: id => void company.deleteDeal(ADMIN, Number(id)),
    hideDeal(id) {
      dealOf(id).visibleTo = 1;
    },
    winDeal: id => void company.changeDeal({ userId: ADMIN }, Number(id), { status: 'won' }),
    withoutRight() {
      me.rights = { ...me.rights, changeOwner: false };
    },
    assign: (byId, contactId, toId) => void company.assignPerson(byId, Number(contactId), toId),
    addNote: (userId, contactId, text) =>
      void company.addNote({ userId }, { personId: Number(contactId), dealId: null }, text),
    deactivate: id => void company.changeUser(ADMIN, id, { isActive: false }),
    ownerOf: id => personOf(id).ownerId.toString(),
    dealOwnerOf: id => dealOf(id).ownerId.toString(),
    people: () => Array.from(company.users.values(), ({ id, name }) => ({ id: String(id), name })),
    pipelines: () =>
      company.pipelines.map(({ id, name }) => ({
        id: String(id),
        name,
        stages: company.stages
          .filter(({ pipelineId }) => pipelineId === id)
          .map(stage => ({ id: String(stage.id), name: stage.name })),
      })),
    taskDueAt() {
      const [one] = company.activities.values();
      return one && Date.parse(`${one.dueDate}T${one.dueTime ?? '00:00'}Z`) / 1000;
    },
    befalls(mishap) {
      if (mishap === 'cut') cuts += 1;
      else
        world.disturbances.add(/^PATCH .*\/persons/, mishap, mishap === 'unauthorized' ? REFUSED_TOKENS : 1);
    },
    cardOf,
    unhandledRequests: () => world.unhandledRequests,
    async close() {
      crmWindow.close();
      await mount.close();
      world.disturbances.clear();
    },
  };
}

function shownAs(contactId: string | undefined, dealId: string | undefined): Shown {
  if (dealId !== undefined) return { kind: 'deal', id: dealId };
  return contactId === undefined ? { kind: 'other' } : { kind: 'person', id: contactId };
}
