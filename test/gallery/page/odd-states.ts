/**
 * Values of the services that this version does not understand. The views count them in one sentence and show
 * everything else.
 */
import { HEAD_OF_SALES, SELLER_A } from '../../world/people.ts';
import { entry } from './entry.ts';
import { press, see, until } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

/** Adds one unknown value of each kind that the settings count. */
function addOdd(stage: PageStage): void {
  const { crm, chat } = stage.world;
  give(stage, seat(SELLER_A, 'seller'), seat(HEAD_OF_SALES, 'manager'));
  const rows: readonly unknown[] = [
    { channelId: 'c' },
    { ...seat(HEAD_OF_SALES, 'auditor', 'c'), role: 'owner' },
  ];
  Object.assign(chat.settings, { userRoles: [...chat.settings.userRoles, ...rows] });
  Object.assign(chat, { channels: [...chat.channels, { transport: 'whatsapp' }] });
  const seller = crm.users.get(SELLER_A);
  if (seller) crm.users.set(0, { ...seller, id: 0 });
  crm.pipelines.push({ id: 0, name: '', statuses: [] });
  chat.users.set('', { id: '', name: '' });
}

export const ODD_STATES = {
  'panel-not-understood': entry('panel')(async stage => {
    addOdd(stage);
    const model = openPanel(stage);
    await model.start();
    await until(() => model.staff.value.kind === 'ready');
    await model.refresh.run();
    await until(() => model.refresh.state.value.kind === 'reported');
  }),
  'roles-not-understood': entry('dialog')(async stage => {
    addOdd(stage);
    const model = openPanel(stage);
    await model.start();
    void model.select();
    await see('role.auditor');
  }),
  'trial-not-understood': entry('dialog')(async stage => {
    addOdd(stage);
    const { chat } = stage.world;
    const [channel] = chat.channels;
    if (channel) chat.channels[0] = { ...channel, transport: 'wapi' };
    const template = { templateGuid: 't-1', name: 'Hello', status: 'approved', text: 'Hello!' };
    chat.templates.push({ ...template, templateGuid: '' }, template);
    const model = openPanel(stage);
    await model.start();
    await press('trial.title');
    await see('trial.templates.label');
  }),
} as const;
