/** The states of own settings after an admin has changed one. */
import { Refused } from '../../../server/http/refusal.ts';
import { SELLER_A } from '../../world/people.ts';
import { see } from './hands.ts';
import { connected } from './panel-states.ts';

export const OWN_STATES = {
  'panel-own-saved': connected(
    () => undefined,
    async model => {
      model.own.set(['standInOwners'], []);
      await see('own.saved');
    },
  ),
  'panel-own-saving': connected(
    ({ world }) => world.disturbances.add(/^PUT \/own-settings/, 'lost-before'),
    async model => {
      model.own.set(['standInOwners'], []);
      await see('own.saving');
    },
  ),
  'panel-own-failed': connected(
    ({ memory }) => {
      const write = () => Promise.reject(new Refused('ADMINS_ONLY'));
      Object.assign(memory.ownSettings, { write });
    },
    async model => {
      model.own.set(['standInOwners'], [String(SELLER_A)]);
      await see('own.failed');
    },
  ),
  'panel-own-unknown': connected(
    ({ world }) => world.disturbances.add(/^PUT \/own-settings/, 'cut', Infinity),
    async model => {
      model.own.set(['standInOwners'], [String(SELLER_A)]);
      await see('own.unknown');
    },
  ),
  'panel-own-contested': connected(
    () => undefined,
    async (model, { memory, world }) => {
      const account = { crm: 'amocrm', id: String(world.crm.account.id) } as const;
      const { version: expected } = await memory.ownSettings.read(account);
      const settings = { claims: { deals: 'always' } };
      await memory.ownSettings.write({ account, employeeId: '1', origin: null, expected, settings });
      model.own.set(['claims', 'deals'], 'never');
      await see('own.contested');
    },
  ),
  'panel-own-unread': connected(
    ({ world }) => world.disturbances.add(/^GET \/own-settings/, 'cut', Infinity),
    () => see('own.unread'),
  ),
} as const;
