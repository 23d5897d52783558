/** The settings panel in each of its states. */
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../world/world.ts';
import type { PanelModel } from '../../../widget/admin/panel/model.ts';
import { entry, lengthen } from './entry.ts';
import { inRow, press, see, until } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

export const panel = entry('panel');
const ROLES = /^GET \/settings/;
const WRITE = /^PATCH/;
const EMPLOYEES = /^GET \/api\/v4\/users/;
const usual = (stage: PageStage): void =>
  give(
    stage,
    seat(ADMIN, 'manager'),
    seat(SELLER_A, 'seller'),
    seat(SELLER_B, 'seller'),
    seat(HEAD_OF_SALES, 'auditor'),
  );

async function started(stage: PageStage): Promise<PanelModel> {
  const model = openPanel(stage);
  await model.start();
  await until(() => model.staff.value.kind === 'ready');
  return model;
}
export const connected = (
  prepare: (stage: PageStage) => void,
  then?: (model: PanelModel, stage: PageStage) => unknown,
) =>
  panel(async stage => {
    usual(stage);
    prepare(stage);
    const model = await started(stage);
    await then?.(model, stage);
  });

/**
 * Calls `happens` right before the gateway's write to the chat service, which follows the page's write to the gateway.
 */
const atTheWrite = ({ world }: PageStage, happens: () => void): void =>
  world.disturbances.add(WRITE, () => world.disturbances.add(WRITE, happens));

const notify = (prepare: (stage: PageStage) => void, key?: Parameters<typeof see>[0]) =>
  connected(
    () => undefined,
    async (model, stage) => {
      prepare(stage);
      await press('additional.title');
      void model.notify.turn(true);
      if (key) await see(key);
    },
  );

async function saved(model: PanelModel, stage: PageStage): Promise<void> {
  void model.select(SALES_CHANNEL);
  const vera = stage.world.crm.users.get(HEAD_OF_SALES)?.name ?? '';
  await inRow(vera, '.mark.role-supervisor');
  await press('roles.save');
  await see('panel.saved');
}
const refreshed = (prepare: (stage: PageStage) => void) =>
  connected(
    () => undefined,
    async (model, stage) => {
      prepare(stage);
      await model.refresh.run();
      await until(() => model.refresh.state.value.kind === 'reported');
    },
  );

export const PANEL_STATES = {
  'panel-loading': panel(stage => {
    stage.world.disturbances.add(ROLES, 'lost-before');
    void openPanel(stage).start();
  }),
  'panel-failed': panel(async stage => {
    stage.world.disturbances.add(ROLES, 'cut', Infinity);
    await openPanel(stage).start();
    await see('failure.retry');
  }),
  'panel-read-only': entry('panel', { person: SELLER_A })(async stage => {
    usual(stage);
    await openPanel(stage).start();
    await see('panel.roles');
  }),
  'panel-without-channels': connected(({ world }) => {
    world.chat.channels.length = 0;
  }),
  'panel-channels-down': connected(({ world }) => {
    for (const [at, channel] of world.chat.channels.entries())
      world.chat.channels[at] = { ...channel, state: at === 0 ? 'blocked' : 'qridle' };
  }),
  'panel-without-roles': connected(stage => give(stage)),
  'panel-roles': connected(() => undefined),
  'panel-long-names': connected(lengthen),
  'panel-dialog-failed': panel(async stage => {
    usual(stage);
    await openPanel(stage, { dialog: { kind: 'failed' } }).start();
    await see('failure.defect');
  }),
  'panel-unsaved': connected(
    () => undefined,
    model => model.own.offerAddress?.('https://other.example.com'),
  ),
  'panel-refreshing': connected(
    () => undefined,
    async (model, { world }) => {
      world.disturbances.add(EMPLOYEES, 'lost-before');
      void model.refresh.run();
      await see('refresh.cancel');
    },
  ),
  'panel-refresh-stopped': connected(
    () => undefined,
    async (model, { world }) => {
      world.disturbances.add(EMPLOYEES, 'slow');
      void model.refresh.run();
      await see('refresh.cancel');
      model.refresh.cancel();
      await until(() => model.refresh.state.value.kind === 'reported');
    },
  ),
  'panel-refreshed': refreshed(() => undefined),
  'panel-refresh-failed': refreshed(({ world }) =>
    world.disturbances.add(EMPLOYEES, 'forbidden-html', Infinity),
  ),
  'panel-saved': connected(() => undefined, saved),
  'panel-draft-waits': connected(
    () => undefined,
    async (model, { world }) => {
      void model.select(SALES_CHANNEL);
      await inRow(world.crm.users.get(HEAD_OF_SALES)?.name ?? '', '.mark.role-supervisor');
      await see('review.open');
      await press('roles.close');
      await see('draft.resume');
    },
  ),
  'panel-notify': notify(() => undefined, 'additional.saved'),
  'panel-notify-saving': notify(
    ({ world }) => world.disturbances.add(WRITE, 'lost-before'),
    'additional.saving',
  ),
  'panel-notify-stale': notify(stage => give(stage, seat(HEAD_OF_SALES, 'manager')), 'additional.stale'),
  'panel-notify-failed': notify(
    ({ world }) => world.disturbances.add(WRITE, 'too-many'),
    'additional.failed',
  ),
  'panel-notify-unknown': notify(
    stage => atTheWrite(stage, () => stage.world.disturbances.add(ROLES, 'broken-json', Infinity)),
    'additional.unknown',
  ),
  'panel-default-channel': connected(
    stage =>
      give(
        stage,
        seat(ADMIN, 'manager'),
        seat(SELLER_A, 'seller'),
        seat(SELLER_A, 'seller', WHOLESALE_CHANNEL),
      ),
    async () => {
      await press('additional.title');
      await see('defaultChannel.title');
    },
  ),
  'panel-how-taken': connected(
    () => undefined,
    async () => {
      await press('claimRules.title');
      await press('howTaken.newcomers.title');
    },
  ),
} as const;
