/** The history, and earlier roles restored from it. */
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import type { What } from '../../../server/history/change.ts';
import { entry } from './entry.ts';
import { press, see, until } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

async function happened(stage: PageStage, what: What, before: unknown, after: unknown): Promise<void> {
  const account = { crm: 'amocrm', id: String(stage.world.crm.account.id) } as const;
  const origin = what === 'crm-grant' ? null : stage.world.crm.account.origin;
  const settle = await stage.memory.history.intend({
    account,
    employeeId: String(ADMIN),
    origin,
    what,
    before,
    after,
  });
  await settle(what === 'chat-connection' ? 'unknown' : 'accepted');
}

/** Adds one change of each kind, the roles last. */
async function all(stage: PageStage): Promise<void> {
  const gone = { ...seat(SELLER_B, 'seller'), userId: '777' };
  await happened(stage, 'crm-grant', { isGiven: false }, { isGiven: true });
  await happened(stage, 'chat-connection', { keyKind: null }, { keyKind: 'partner' });
  await happened(
    stage,
    'own-settings',
    { standInOwners: [] },
    { standInOwners: [String(SELLER_B)], claims: { fromColleague: 'with-reason', note: false } },
  );
  await happened(
    stage,
    'roles',
    { userRoles: [seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'), gone] },
    { userRoles: [seat(SELLER_A, 'manager'), seat(HEAD_OF_SALES, 'auditor', SALES_CHANNEL)] },
  );
}

const history = (prepare: (stage: PageStage) => unknown, then: () => Promise<unknown>) =>
  entry('dialog')(async stage => {
    give(stage, seat(ADMIN, 'manager'), seat(SELLER_A, 'seller'), seat(HEAD_OF_SALES, 'auditor'));
    await prepare(stage);
    // Only the server's address is in the CRM's field, so no settings move to the server, which would add a change.
    const model = openPanel(stage, { own: { chatUrl: stage.world.options.gatewayOrigin } });
    await model.start();
    await until(() => model.staff.value.kind === 'ready');
    await press('history.title');
    await then();
  });
const cut = ({ world }: PageStage): void => world.disturbances.add(/^GET \/history/, 'cut', Infinity);

export const HISTORY_STATES = {
  history: history(all, () => see('history.bringBack')),
  'history-none': history(
    () => undefined,
    () => see('history.none'),
  ),
  'history-reading': history(
    ({ world }) => world.disturbances.add(/^GET \/history/, 'lost-before'),
    () => see('history.reading'),
  ),
  'history-failed': history(cut, () => see('history.failed')),
  'history-returning': history(
    async stage => {
      await all(stage);
      stage.world.disturbances.add(/^GET \/history\/\d+\/roles/, 'lost-before');
    },
    () => press('history.bringBack'),
  ),
  'history-not-returned': history(
    async stage => {
      await all(stage);
      stage.world.disturbances.add(/^GET \/history\/\d+\/roles/, 'cut', Infinity);
    },
    async () => {
      await press('history.bringBack');
      await see('history.failed');
    },
  ),
  'history-brought-back': history(all, async () => {
    await press('history.bringBack');
    await see('history.lost');
  }),
} as const;
