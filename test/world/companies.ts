/**
 * Companies, as far as hooks need them: the CRM reports them among the contacts. The API's own routes are not emulated.
 */
import type { Changes } from './changes.ts';
import { seconds, type Clock } from './clock.ts';

export type CrmCompany = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  readonly createdAt: number;
  updatedAt: number;
};

export type Companies = {
  readonly companies: Map<number, CrmCompany>;
  readonly addCompany: (actorId: number, name: string) => CrmCompany;
  readonly assignCompany: (actorId: number, company: CrmCompany, toId: number) => void;
};

export function createCompanies(clock: Clock, { tell }: Changes, nextId: () => number): Companies {
  const companies = new Map<number, CrmCompany>();
  return {
    companies,
    addCompany(actorId, name) {
      const now = seconds(clock);
      const record = { id: nextId(), name, responsibleUserId: actorId, createdAt: now, updatedAt: now };
      companies.set(record.id, record);
      tell({ entity: 'company', record, actorId });
      return record;
    },
    assignCompany(actorId, record, toId) {
      const before = { ...record };
      Object.assign(record, { responsibleUserId: toId, updatedAt: seconds(clock) });
      tell({ entity: 'company', before, record, actorId });
    },
  };
}
