/** The settings panel before a chat service is connected, and the problems that a connection can have. */
import { SELLER_A } from '../../world/people.ts';
import type { PanelModel } from '../../../widget/admin/panel/model.ts';
import { entry } from './entry.ts';
import { press, see, until } from './hands.ts';
import { connected, panel } from './panel-states.ts';
import type { PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

/** No chat service is connected yet. */
const unconnected = (
  then: (model: PanelModel, stage: PageStage) => unknown,
  prepare: (stage: PageStage) => void = () => undefined,
) =>
  panel(async stage => {
    stage.keyKind = null;
    prepare(stage);
    const model = openPanel(stage);
    await model.start();
    await then(model, stage);
  });
const keyOf = ({ world }: PageStage, wanted: string): string =>
  [...world.chat.keys].find(([, kind]) => kind === wanted)?.[0] ?? '';
const LOOK = /^POST \/connection\/look/;

export const CONNECT_STATES = {
  'panel-install-first': panel(stage => openPanel(stage, { installed: false }).start()),
  'panel-not-connected': unconnected(() => undefined),
  'panel-not-connected-key': unconnected(
    () => undefined,
    ({ standing }) => {
      standing.ways = ['key'];
    },
  ),
  'panel-not-connected-seller': entry('panel', { person: SELLER_A })(async stage => {
    stage.keyKind = null;
    await openPanel(stage).start();
  }),
  'panel-not-heard': panel(async stage => {
    stage.standing.isHeard = false;
    await openPanel(stage).start();
    await see('panel.connect.notHeard');
  }),
  'panel-connecting': unconnected(async (model, stage) => {
    stage.world.disturbances.add(LOOK, 'lost-before');
    void model.look(keyOf(stage, 'partner'));
    await until(() => stage.world.disturbances.waiting().length === 0);
  }),
  'panel-connect-away': unconnected(async model => {
    window.open = () => null;
    void model.travel('');
    await see('panel.connect.away');
  }),
  'panel-connect-found': unconnected((model, stage) => model.look(keyOf(stage, 'partner'))),
  'panel-connect-found-channels': unconnected((model, stage) => model.look(keyOf(stage, 'sidecar'))),
  'panel-connect-replaces': connected(
    () => undefined,
    async (model, stage) => {
      model.replace();
      await model.look(keyOf(stage, 'v3'));
      await see('panel.connect.replaces');
    },
  ),
  'panel-address-invalid': unconnected(model => model.check('ftp:/')),
  'panel-connect-failed': unconnected(model => model.look('a key that nobody has issued')),
  'panel-connect-unreachable': unconnected((model, { world }) => {
    world.disturbances.add(LOOK, 'cut', Infinity);
    return model.look('a key that nobody has issued');
  }),
  'panel-reading': connected(stage => {
    stage.keyKind = 'v3';
  }),
  'panel-roles-offered': connected(stage => {
    stage.keyKind = 'v3';
    stage.standing.roles = 'offered';
  }),
  'panel-roles-ended': connected(stage => {
    stage.keyKind = 'v3';
    stage.standing.roles = 'ended';
  }),
  'panel-channels-only': connected(stage => {
    stage.keyKind = 'sidecar';
  }),
  'panel-key-refused': panel(async stage => {
    stage.world.disturbances.add(/^GET \/v3\/channels/, 'unauthorized', Infinity);
    await openPanel(stage).start();
    await see('panel.connect.refusedKey');
  }),
  'panel-not-let-in': connected(({ standing }) => {
    standing.isLetIn = false;
  }),
  'panel-disconnecting': connected(
    () => undefined,
    async () => {
      await press('panel.connect.disconnect');
      await see('panel.connect.disconnectSure');
    },
  ),
} as const;
