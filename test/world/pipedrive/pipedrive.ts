/** Pipedrive as a whole: its companies, which share only a clock and the app. */
import type { Clock } from '../clock.ts';
import type { Carry, Parcel } from '../courier.ts';
import type { Language } from '../people.ts';
import { newApp, type PipedriveApp } from './app.ts';
import { createCompany, type Company, type CompanyDraft } from './company.ts';
import { createOAuth, type OAuth } from './oauth.ts';
import type { WebhookContent } from './webhook-deliveries.ts';
import { usualPipedriveOddities, type PipedriveOddities } from './oddities.ts';

export type Pipedrive = {
  readonly app: PipedriveApp;
  readonly oauth: OAuth;
  readonly oddities: PipedriveOddities;
  /** In the order of opening; empty at first. */
  readonly companies: readonly Company[];
  readonly openCompany: (draft: CompanyDraft) => Company;
};

type Options = {
  readonly office: number;
  readonly size: number;
  readonly language: Language;
  readonly gatewayOrigin: string;
};

type Shared = {
  readonly lateMs: () => number;
  readonly carryFor: (company: Company) => Carry<WebhookContent> | undefined;
  readonly changed: () => void;
};

/** Sends a webhook of a company to its address and returns the status. */
export type PipedriveCarrier = (
  company: Company,
  parcel: Parcel<WebhookContent>,
  signal: AbortSignal,
) => Promise<number>;

const FIRST_ID = 7_310_001;
/** More than any stage opens. */
const COMPANIES_OF_OFFICE = 1000;

/** The address to which Pipedrive returns people and sends notices, distinguished by method. */
export const callbackOn = (gatewayOrigin: string): string => `${gatewayOrigin}/pipedrive/callback`;

export function createPipedrive(clock: Clock, options: Options, shared: Shared): Pipedrive {
  const { office, size, language, gatewayOrigin } = options;
  const app = newApp(callbackOn(gatewayOrigin));
  const oddities = usualPipedriveOddities();
  const companies: Company[] = [];
  return {
    app,
    oauth: createOAuth(clock, app, oddities),
    oddities,
    companies,
    openCompany(draft) {
      if (companies.some(({ domain }) => domain === draft.domain)) {
        throw new Error(`There is a company ${draft.domain} already`);
      }
      const id = FIRST_ID + office * COMPANIES_OF_OFFICE + companies.length;
      const { lateMs, changed, carryFor } = shared;
      const carry = (): Carry<WebhookContent> | undefined => carryFor(company);
      const given = { id, app, oddities, size, language, lateMs, changed, carry };
      const company: Company = createCompany(clock, given, draft);
      companies.push(company);
      return company;
    },
  };
}
