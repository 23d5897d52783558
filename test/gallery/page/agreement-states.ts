/** The panel's statement about whether the chat service and the CRM agree. */
import { emulatedClients, type Told } from '../../mocks/clients.ts';
import { press, see } from './hands.ts';
import { connected } from './panel-states.ts';

const alike = (fields: Told = {}): Told => ({
  known: 12_431,
  right: 12_431,
  unsent: 0,
  notNumbers: 0,
  sending: true,
  checkedAt: new Date(Date.now() - 180_000).toISOString(),
  ...fields,
});
const agreement = (fields: () => Told, then?: () => unknown) =>
  connected(
    stage => {
      stage.clients = emulatedClients(fields());
    },
    async () => {
      await then?.();
    },
  );
const CLIENTS = /^GET \/clients/;

export const AGREEMENT_STATES = {
  'panel-agreement-reading': connected(
    stage => {
      stage.clients = emulatedClients();
      stage.world.disturbances.add(CLIENTS, 'lost-before', Infinity);
    },
    () => see('agreement.reading'),
  ),
  'panel-agreement-unread': connected(
    stage => {
      stage.clients = emulatedClients();
      stage.world.disturbances.add(CLIENTS, 'cut', Infinity);
    },
    () => see('agreement.failed'),
  ),
  'panel-never-compared': agreement(
    () => ({}),
    () => see('agreement.never'),
  ),
  'panel-comparing': agreement(
    () => ({}),
    async () => {
      await press('agreement.check');
      await see('agreement.checking');
    },
  ),
  'panel-agrees': agreement(alike, () => see('agreement.same')),
  'panel-differs': agreement(
    () => alike({ right: 12_400 }),
    () => see('agreement.differs'),
  ),
  'panel-agreement-waiting': agreement(
    () => alike({ right: 12_419, waiting: 12 }),
    () => see('agreement.waiting_other'),
  ),
  'panel-comparison-broken-off': agreement(
    () => alike({ problem: 'crm' }),
    () => see('agreement.unfinished'),
  ),
  'panel-not-told': agreement(
    () =>
      alike({
        failed: 22,
        notTold: [
          { kind: 'contact', id: '501', reason: 'refused' },
          { kind: 'deal', id: '9001', reason: 'server' },
        ],
      }),
    () => press('agreement.notTold_other'),
  ),
  'panel-to-send': agreement(
    () => alike({ known: 40, right: 40, sending: false, unsent: 12_391, notNumbers: 17 }),
    () => see('agreement.asks'),
  ),
  'panel-held-and-to-send': agreement(
    () => alike({ known: 40, right: 34, held: 6, sending: false, unsent: 12_391 }),
    () => see('agreement.held'),
  ),
  'panel-held': agreement(
    () => alike({ right: 12_331, held: 100 }),
    () => see('agreement.release'),
  ),
} as const;
