/** «Test chats» in each of its states. */
import { ADMIN, SELLER_A } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { entry, type Entry } from './entry.ts';
import { inRow, press, see, write, type Key } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

const MESSAGE = /^POST \/v3\/message/;
const trial = (then: (stage: PageStage) => unknown, prepare?: (stage: PageStage) => void): Entry =>
  entry('dialog')(async stage => {
    give(stage, seat(ADMIN, 'manager'), seat(SELLER_A, 'seller'));
    prepare?.(stage);
    // A browser that blocks new tabs.
    window.open = () => null;
    const model = openPanel(stage);
    await model.start();
    await model.tryChats();
    await see('trial.phone');
    await then(stage);
  });
const sent = (said: Key, happens?: (stage: PageStage) => void): Entry =>
  trial(async stage => {
    happens?.(stage);
    await write('input[type=tel]', '+7 916 123-45-67');
    await press('trial.send');
    await see(said);
  });
const withoutRole = (stage: PageStage): void => give(stage, seat(SELLER_A, 'seller'));
const becoming = (said: Key, happens: (stage: PageStage) => void): Entry =>
  trial(async stage => {
    happens(stage);
    await press('trial.role.become');
    await see(said);
  }, withoutRole);
const business = ({ world }: PageStage): void => {
  const [sales] = world.chat.channels;
  if (sales) world.chat.channels[0] = { ...sales, transport: 'wapi' };
};
const ROLES = /^GET \/settings/;
const WRITE = /^PATCH/;
const WINDOW = /^POST \/v3\/iframe/;
const atTheWrite = ({ world }: PageStage, happens: () => void): void =>
  world.disturbances.add(WRITE, () => world.disturbances.add(WRITE, happens));
/** Another admin writes before each of our writes. */
const another = (stage: PageStage, at = 0): void =>
  stage.world.disturbances.add(WRITE, () => {
    give(stage, seat(SELLER_A, 'seller'), seat(9000 + at, 'auditor'));
    another(stage, at + 1);
  });
const TEMPLATE = { templateGuid: 't-1', name: 'Приветствие', status: 'approved', text: 'Добрый день!' };
const TEMPLATES = /^GET \/v3\/templates/;

export const TRIAL_STATES = {
  'trial-writing': trial(() => undefined),
  'trial-bad-number': trial(async () => {
    await write('input[type=tel]', '12');
    await press('trial.send');
    await see('trial.badNumber');
  }),
  'trial-sending': sent('trial.sending', ({ world }) => world.disturbances.add(MESSAGE, 'lost-before')),
  'trial-sent': sent('trial.tabBlocked'),
  'trial-refused': sent('trial.notSent', ({ world }) => world.disturbances.add(MESSAGE, 'forbidden-json')),
  'trial-unknown': sent('trial.unknown', ({ world }) => world.disturbances.add(MESSAGE, 'lost-after')),
  'trial-without-role': trial(() => see('trial.role.none'), withoutRole),
  'trial-role-saving': becoming('trial.role.saving', ({ world }) =>
    world.disturbances.add(/^PATCH/, 'lost-before'),
  ),
  'trial-role-failed': becoming('trial.role.failed', ({ world }) =>
    world.disturbances.add(/^PATCH/, 'forbidden-json'),
  ),
  'trial-role-elsewhere': trial(
    () => see('trial.role.elsewhere'),
    stage => {
      withoutRole(stage);
      stage.keyKind = 'v3';
    },
  ),
  'trial-role-stale': becoming('trial.role.stale', another),
  'trial-role-differs': becoming('trial.role.differs', stage =>
    atTheWrite(stage, () => stage.world.disturbances.add(ROLES, () => give(stage))),
  ),
  'trial-role-unknown': becoming('trial.role.unknown', stage =>
    atTheWrite(stage, () => stage.world.disturbances.add(ROLES, 'broken-json', Infinity)),
  ),
  'trial-opening-chats': sent('trial.openingChats', ({ world }) => {
    world.disturbances.add(WINDOW, 'lost-before');
  }),
  'trial-chats-open': sent('trial.chatsOpen', () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.hidden = true;
    window.open = () => frame.contentWindow;
  }),
  'trial-chats-failed': sent('trial.chatsFailed', ({ world }) => {
    world.disturbances.add(WINDOW, 'forbidden-json');
  }),
  'trial-offer': entry('dialog')(async stage => {
    const model = openPanel(stage);
    await model.start();
    void model.select(SALES_CHANNEL);
    await inRow(stage.world.crm.users.get(SELLER_A)?.name ?? '', '.mark.role-seller');
    await press('roles.save');
    await see('trial.offer');
  }),
  'trial-templates-none': trial(() => see('trial.templates.none'), business),
  'trial-templates-loading': trial(
    () => see('trial.templates.loading'),
    stage => {
      business(stage);
      stage.world.disturbances.add(TEMPLATES, 'lost-before');
    },
  ),
  'trial-templates-failed': trial(
    () => see('failure.retry'),
    stage => {
      business(stage);
      stage.world.disturbances.add(TEMPLATES, 'forbidden-json', Infinity);
    },
  ),
  'trial-template': trial(
    () => see('trial.templates.why'),
    stage => {
      business(stage);
      stage.world.chat.templates.push(TEMPLATE);
    },
  ),
} as const;
