/** The stage bar's part about accounts and hooks: what it shows, and its actions. */
import * as v from 'valibot';
import { pressDisable, pressInstall } from '../mocks/amocrm/installing.ts';
import { chatHookBody } from '../mocks/wazzup/hook-body.ts';
import type { ChatAccount } from '../world/chat.ts';
import type { Courier, Parcel } from '../world/courier.ts';
import type { Crm } from '../world/crm.ts';
import type { HookContent } from '../world/deliveries.ts';
import { ADMIN } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { MISHAPS, type AccountShown, type OutsideShown, type ParcelShown } from './wire/outside.ts';

/** The number of entries shown. */
const SHOWN = 8;

export const outsideOf = ({ accounts, chat }: World): OutsideShown => ({
  accounts: accounts.map(accountShown),
  chat: {
    address: chat.hooks.address ?? '',
    mishaps: [...chat.hooks.mishaps()],
    parcels: parcelsOf(chat.hooks, ({ content }) =>
      Object.keys(Object(chatHookBody(chat, content))).join(', '),
    ),
  },
});

const accountShown = ({ account, integration, oauth, hooks, deliveries, calls }: Crm): AccountShown => ({
  id: account.id,
  name: account.name,
  address: account.origin,
  isInstalled: integration.active,
  sendsHooks: account.sendsHooks,
  grants: oauth.grants.filter(one => !one.isRevoked).length,
  hooks: hooks.all().map(({ destination, disabled }) => ({ destination, disabled })),
  mishaps: [...deliveries.mishaps()],
  parcels: [
    ...parcelsOf(deliveries, toldBy),
    ...calls.all.map(({ kind, address, outcome }): ParcelShown => ({
      what: kind,
      to: `${address.origin}${address.pathname}`,
      state: outcome === undefined ? 'under-way' : 'delivered',
      outcomes: outcome === undefined ? [] : [outcome],
    })),
  ],
});

const toldBy = ({ content }: Parcel<HookContent>): string =>
  content.items.map(({ action, change }) => `${action} ${change.entity} ${change.record.id}`).join(', ');

const parcelsOf = <Content>(
  { all }: Courier<Content>,
  told: (one: Parcel<Content>) => string,
): ParcelShown[] =>
  all
    .slice(-SHOWN)
    .map(one => ({
      what: told(one),
      to: one.destination,
      state: one.state,
      outcomes: one.attempts.map(({ outcome }) => outcome),
    }))
    .toReversed();

const whichSchema = v.object({ account: v.number() });
const mishapSchema = v.object({ account: v.optional(v.number()), mishap: v.picklist(MISHAPS) });
const onSchema = v.object({ ...whichSchema.entries, on: v.boolean() });

/** The actions by the names that the bar sends. */
export function outsideActions(world: World): Record<string, (body: unknown) => void> {
  const accountOf = (body: unknown): Crm => {
    const { account } = v.parse(whichSchema, body);
    const found = world.accounts.find(one => one.account.id === account);
    if (!found) throw new Error(`There is no account ${account}`);
    return found;
  };
  return {
    'open-account': () => {
      const nth = world.accounts.length + 1;
      world.openAccount({ subdomain: `account-${nth}` });
    },
    'sends-hooks': body => {
      accountOf(body).account.sendsHooks = v.parse(onSchema, body).on;
    },
    installed: body => {
      const crm = accountOf(body);
      const admin = crm.users.get(ADMIN);
      if (!v.parse(onSchema, body).on) void pressDisable(world, crm, crm.integration);
      else if (admin) void pressInstall(world, crm, crm.integration, admin);
    },
    'revoke-tokens': body => accountOf(body).oauth.revoke(),
    'hooks-on': body => {
      const { hooks, deliveries } = accountOf(body);
      const { on } = v.parse(onSchema, body);
      const act = on ? hooks.enable : deliveries.switchOff;
      hooks.all().forEach(({ destination }) => act(destination));
    },
    mishap: body => {
      const { account, mishap } = v.parse(mishapSchema, body);
      const { hooks }: ChatAccount = world.chat;
      (account === undefined ? hooks : accountOf(body).deliveries).mishap(mishap);
    },
  };
}
