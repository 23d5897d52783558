/**
 * One company of Pipedrive as a store without HTTP: users with rights, persons, deals, their history, and webhooks. It
 * does not know the chat service. The rules are the CRM's own: everyone acts with their own rights, and a record always
 * has an owner.
 */
import { createCalls, type Calls } from '../calls.ts';
import type { Clock } from '../clock.ts';
import type { Carry } from '../courier.ts';
import { GROUPS, type Language } from '../people.ts';
import { createActivities, type Activities } from './activities.ts';
import type { PipedriveApp } from './app.ts';
import { createChangelog, type Changelog } from './changelog.ts';
import { createChanges, type Change, type Changes } from './changes.ts';
import { createDeals, type Deals } from './deals.ts';
import { createNotes, type Notes } from './notes.ts';
import { createLimits, type Limits } from './limits.ts';
import type { PipedriveOddities } from './oddities.ts';
import { createPersons, type Persons } from './persons.ts';
import { pipelinesOf, type Pipeline, type Stage } from './pipelines.ts';
import type { Plan } from './plans.ts';
import { rightsIn, type ItemRights } from './rights.ts';
import {
  createWebhookDeliveries,
  type WebhookContent,
  type WebhookDeliveries,
} from './webhook-deliveries.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import { rolesOf, usersOf, type Role, type User } from './users.ts';

export type CompanyDraft = {
  /** `acme` of `acme.pipedrive.com`. */
  readonly domain: string;
  readonly name?: string;
  /** `growth` by default, which has two levels of visibility. */
  readonly plan?: Plan;
  /** Number of users, at least 5. */
  readonly size?: number;
  readonly language?: Language;
  /** Two letters, as in `company_country`. */
  readonly country?: string;
  /** The next free id by default. */
  readonly id?: number;
  /** The number before that of its first record. */
  readonly lastRecord?: number;
};

export type Company = Persons &
  Deals &
  Notes &
  Activities & {
    readonly id: number;
    readonly domain: string;
    readonly host: string;
    readonly origin: string;
    readonly name: string;
    readonly country: string;
    readonly language: Language;
    plan: Plan;
    /** The subscription has ended: every request is answered with 402. */
    isClosed: boolean;
    /** If false, installing fails with "App cannot be installed for requested company". */
    takesApps: boolean;
    readonly app: PipedriveApp;
    readonly now: () => number;
    readonly users: Map<number, User>;
    readonly roles: Map<number, Role>;
    readonly pipelines: Pipeline[];
    readonly stages: Stage[];
    readonly rights: ItemRights;
    readonly changelog: Changelog;
    readonly limits: Limits;
    readonly changes: Changes;
    readonly webhooks: Webhooks;
    readonly deliveries: WebhookDeliveries;
    /** The calls to the app's callback about uninstalls and sharing. */
    readonly calls: Calls;
    /** Made by an administrator in the company's settings. */
    readonly changeUser: (actorId: number, userId: number, change: Partial<User>) => User;
  };

type Given = {
  readonly id: number;
  readonly app: PipedriveApp;
  readonly oddities: PipedriveOddities;
  readonly language: Language;
  readonly size: number;
  readonly lateMs: () => number;
  readonly carry: () => Carry<WebhookContent> | undefined;
  readonly changed: () => void;
};

/** The same in every company, because each counts its own records. */
const FIRST_RECORD = 100;

export function createCompany(clock: Clock, given: Given, draft: CompanyDraft): Company {
  const { app, oddities } = given;
  const { domain, name = domain, plan = 'growth', country = 'RU' } = draft;
  const { language = given.language, size = given.size } = draft;
  const users = new Map(usersOf(size, language).map(user => [user.id, user]));
  const roles = new Map(rolesOf(GROUPS[language]).map(role => [role.id, role]));
  const { pipelines, stages } = pipelinesOf(language);
  const changes = createChanges(clock);
  const changelog = createChangelog(clock, () => oddities.changelogLagMs);
  const standing = { plan, isClosed: false, takesApps: true };
  const rights = rightsIn({
    users,
    roles,
    get plan() {
      return company.plan;
    },
  });
  let lastId = draft.lastRecord ?? FIRST_RECORD;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const webhooks = createWebhooks(clock);
  const shared = { plan: () => company.plan, users, rights, changelog, oddities };
  const { tell } = changes;
  const company: Company = {
    id: draft.id ?? given.id,
    domain,
    host: `${domain}.pipedrive.com`,
    origin: `https://${domain}.pipedrive.com`,
    name,
    country,
    language,
    ...standing,
    app,
    now: clock.now,
    users,
    roles,
    pipelines,
    stages,
    rights,
    changelog,
    limits: createLimits(clock, () => ({ plan: company.plan, seats: seatsOf(users) })),
    changes,
    webhooks,
    deliveries: createWebhookDeliveries(clock, {
      webhooks,
      changes,
      permitted: change => permittedIn(company, change),
      oddities,
      lateMs: given.lateMs,
      carry: given.carry,
      changed: given.changed,
    }),
    calls: createCalls(clock),
    ...createPersons(clock, shared, { tell, nextId }),
    ...createDeals(clock, shared, { tell, nextId, pipelines, stages }),
    ...createNotes(clock, tell, nextId),
    ...createActivities(clock, tell, nextId),
    changeUser(userId, id, change) {
      const record = users.get(id);
      if (!record) throw new Error(`Nobody is ${id}`);
      const before = structuredClone(record);
      Object.assign(record, change);
      tell({ entity: 'user', action: 'change', before, record, actor: { userId } });
      return record;
    },
  };
  return company;
}

const seatsOf = (users: ReadonlyMap<number, User>): number =>
  [...users.values()].filter(({ isActive, isDeleted }) => isActive && !isDeleted).length;

/** Who can see the subject of a change; undefined for users, who all see each other. */
function permittedIn({ rights, persons, deals }: Company, change: Change): readonly number[] | undefined {
  switch (change.entity) {
    case 'user':
      return undefined;
    case 'person':
    case 'deal':
      return rights.permitted(change.record);
    case 'note':
    case 'activity': {
      const { personId, dealId } = change.record;
      const subject = personId === null ? deals.get(dealId ?? 0) : persons.get(personId);
      return subject && rights.permitted(subject);
    }
  }
}
