/** The page's requests to the server about claims: asking for clients, reporting writes, reading statuses. */
import { fallback, nullish, optional, picklist, pipe, string, transform } from 'valibot';
import { amount, id, words } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import {
  CHAT_KINDS,
  CLAIM_STATES,
  FATES,
  FOLLOW_UP_KINDS,
  FOLLOW_UP_STATES,
  GRANTS,
  type ClaimsServer,
} from './claim.ts';
import { clientOf, type Reached } from './server.ts';

/** Longer than the twelve seconds for which the server itself waits for the chat service. */
const REPORT_PATIENCE_MS = 20_000;

const idOrNone = pipe(
  words,
  transform(value => value || null),
);
const all = <T>({ items }: { readonly items: readonly T[] }): readonly T[] => items;

const grant = object({ press: id, kind: picklist(GRANTS), by: idOrNone });
const deal = object({ id, name: idOrNone, fate: picklist(FATES), owner: idOrNone });
const followUp = object({
  kind: picklist(FOLLOW_UP_KINDS),
  state: picklist(FOLLOW_UP_STATES),
  deals: pipe(listed(deal), transform(all)),
});
const claim = object({
  press: id,
  contact: id,
  base: idOrNone,
  to: id,
  at: pipe(
    amount,
    transform(at => at ?? 0),
  ),
  state: picklist(CLAIM_STATES),
  owner: idOrNone,
  since: amount,
  chat: optional(
    object({
      kind: fallback(picklist(CHAT_KINDS), 'waiting'),
      notNumbers: pipe(listed(string()), transform(all)),
    }),
    {
      kind: 'waiting',
    },
  ),
  followUps: pipe(listed(followUp), transform(all)),
});

const granted = object({ claims: listed(grant) });
const reported = object({ claims: listed(claim) });
const latest = object({ claim: nullish(claim, null) });

export function claimsServer(reached: Reached): ClaimsServer {
  const ask = clientOf(reached);
  return {
    async grant(claims) {
      const { value } = await ask({ method: 'POST', path: '/claims', body: { claims }, schema: granted });
      return value?.claims.items ?? [];
    },
    async report(claims) {
      const { value } = await ask({
        method: 'POST',
        path: '/claims/told',
        body: { claims },
        schema: reported,
        patienceMs: REPORT_PATIENCE_MS,
      });
      return value?.claims.items ?? [];
    },
    async latest(contact, signal) {
      const query = { contact };
      const { value } = await ask({ method: 'GET', path: '/claims', query, schema: latest, signal });
      return value?.claim ?? null;
    },
  };
}
