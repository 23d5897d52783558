/** An emulated company where some people have allowed the app, the adapter for it, and an address that receives its hooks. */
import type { CrmAnswer, CrmApi } from '../../../../../server/crm/api.ts';
import type { Crm } from '../../../../../server/crm/crm.ts';
import type { HookBody } from '../../../../../server/crm/hooks.ts';
import type { KnownOwners, OwnerEvent } from '../../../../../server/crm/owners.ts';
import { askPipedrive } from '../../../../../server/crm/pipedrive/api.ts';
import { pipedriveThrough } from '../../../../../server/crm/pipedrive/crm.ts';
import { pipedriveHosts } from '../../../../mocks/pipedrive/hosts.ts';
import {
  pipedrivePair,
  pipedriveStage,
  type PipedriveStage,
} from '../../../../support/listening-pipedrive.ts';
import type { CompanyDraft } from '../../../../world/pipedrive/company.ts';
import { ADMIN, SELLER_A } from '../../../../world/people.ts';
import { forever } from './scripted.ts';

export const SECRET = 'k'.repeat(43);
export const ADDRESS = `https://app.example.com/hooks/pipedrive/${SECRET}`;

export type ConnectedCompany = Pick<PipedriveStage, 'world' | 'company'> & {
  readonly crm: Crm;
  /** The bodies of accepted hooks. */
  readonly heard: HookBody[];
  /** Calls that were not recognized as Pipedrive's. */
  readonly turnedAway: Request[];
  readonly told: (contactId: string) => Promise<readonly OwnerEvent[]>;
  /** How many of the company's tokens the work takes. */
  readonly costOf: (work: () => Promise<unknown>) => Promise<number>;
};

/** The administrator's grant is the account's own. */
export async function connectedCompany(
  draft: Partial<CompanyDraft> = {},
  people: readonly number[] = [ADMIN, SELLER_A],
): Promise<ConnectedCompany> {
  const heard: HookBody[] = [];
  const turnedAway: Request[] = [];
  const stage = pipedriveStage(draft, {
    async send(request) {
      const text = await request.clone().text();
      const secret = new URL(request.url).pathname.split('/').at(-1) ?? '';
      if (text !== '' && crm.hooks.admits(secret, request.headers)) heard.push(crm.hooks.bodyIn(text));
      else turnedAway.push(request);
      return new Response(null, { status: text === '' ? 404 : 200 });
    },
  });
  const hosts = pipedriveHosts(stage.world);
  const tokens = new Map<string, string>();
  for (const id of people) tokens.set(String(id), (await pipedrivePair(stage, id)).access_token);
  const api: CrmApi = {
    async ask(_accountId, question, patience): Promise<CrmAnswer> {
      const person = typeof question === 'string' ? undefined : question.as;
      const token = tokens.get(person ?? String(ADMIN));
      if (token === undefined) return { kind: 'refused', status: 403, lacksRights: true };
      const answer = await askPipedrive(
        async request => {
          const answered = await hosts(request);
          if (answered instanceof Response) return answered;
          throw new TypeError('fetch failed: no answer');
        },
        { host: stage.company.host, token },
        question,
        patience,
      );
      return answer === 'unauthorized' ? { kind: 'needs-reauth' } : answer;
    },
  };
  const crm = pipedriveThrough(api);
  return {
    world: stage.world,
    company: stage.company,
    crm,
    heard,
    turnedAway,
    async told(contactId) {
      const changes = heard.flatMap(body => body.changes).filter(one => one.contactId === contactId);
      return [...new Map(changes.map(({ event }) => [event.id, event])).values()];
    },
    async costOf(work) {
      const { limits } = stage.company;
      const before = limits.tokensLeft();
      await work();
      return before - limits.tokensLeft();
    },
  };
}

export const ownersIn = ({ crm, told }: ConnectedCompany) =>
  crm.owners('1', { grantOwner: async () => String(ADMIN), fromHooks: told, leaving: forever });

/** Nothing has been judged yet, and the client belonged to `base`. */
export const since = (base: string, waitedSeconds = 60): KnownOwners => ({
  events: [],
  waitedSeconds,
  links(log, ownerId) {
    const ends = log.reduce<string | null>((owner, one) => (one.before === owner ? one.after : null), base);
    return ends === ownerId;
  },
});
