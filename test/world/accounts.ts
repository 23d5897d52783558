/** The accounts of one CRM. They share only its clock and its integrations. */
import type { Clock } from './clock.ts';
import { createCrm, type Crm, type CrmAccount } from './crm.ts';
import type { Carry } from './courier.ts';
import type { HookContent } from './deliveries.ts';
import type { Integration } from './integration.ts';
import type { Oddities } from './oddities.ts';
import type { Push } from './pushes.ts';
import { employees, GROUPS, PIPELINES, type Language } from './people.ts';

export type AccountDraft = {
  readonly subdomain: string;
  /** The end of its address; by default that of the first account. */
  readonly zone?: string;
  readonly name?: string;
  /** Number of employees, at least 5. */
  readonly size?: number;
  readonly language?: Language;
};

export type Accounts = {
  readonly first: Crm;
  readonly all: readonly Crm[];
  readonly open: (draft: AccountDraft) => Crm;
};

type Options = {
  readonly office: number;
  readonly size: number;
  readonly language: Language;
  readonly crmOrigin: string;
  readonly gatewayOrigin: string;
  readonly integration: Pick<Integration, 'redirectUri' | 'disableUri'>;
};

type Shared = {
  readonly oddities: Oddities;
  readonly carryFor: (crm: Crm) => Carry<HookContent> | undefined;
  readonly changed: () => void;
  readonly push: (crm: Crm, push: Push) => void;
};

const FIRST_ID = 31_415_926;
/** More than any stage opens. */
const ACCOUNTS_OF_OFFICE = 1000;

export function openAccounts(
  clock: Clock,
  { office, size, language, crmOrigin, gatewayOrigin, integration }: Options,
  { carryFor, push, ...shared }: Shared,
): Accounts {
  const all: Crm[] = [];
  const home = new URL(crmOrigin);
  const [subdomain = '', ...rest] = home.host.split('.');
  const homeZone = rest.join('.');
  const firstId = FIRST_ID + office * ACCOUNTS_OF_OFFICE;

  const add = (
    account: Pick<CrmAccount, 'id' | 'subdomain' | 'name' | 'zone' | 'origin'>,
    people: number,
    spoken: Language,
  ): Crm => {
    const crm: Crm = createCrm(clock, {
      users: employees(people, spoken),
      groups: GROUPS[spoken],
      pipelines: PIPELINES[spoken],
      account,
      audience: gatewayOrigin,
      addresses: integration,
      carry: () => carryFor(crm),
      push: told => push(crm, told),
      ...shared,
    });
    all.push(crm);
    return crm;
  };

  const first = add(
    { id: firstId, subdomain, name: 'ООО «Ромашка»', zone: homeZone, origin: crmOrigin },
    size,
    language,
  );
  return {
    first,
    all,
    open({ subdomain, zone = homeZone, name = subdomain, size: people = 5, language: spoken = language }) {
      if (all.some(one => one.account.subdomain === subdomain && one.account.zone === zone)) {
        throw new Error(`There is an account ${subdomain}.${zone} already`);
      }
      const origin = `${home.protocol}//${subdomain}.${zone}`;
      return add({ id: firstId + all.length, subdomain, name, zone, origin }, people, spoken);
    },
  };
}
