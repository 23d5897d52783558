/** The roles dialog in each of its states. */
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../world/world.ts';
import { entry, lengthen, type Entry } from './entry.ts';
import { inRow, isSaid, press, see, until, write, type Key } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openPanel } from './views.tsx';

const ROLES = /^GET \/settings/;
const WRITE = /^PATCH/;
const dialog = entry('dialog');
const nameOf = ({ world }: PageStage, person: number): string => world.crm.users.get(person)?.name ?? '';

async function opened(stage: PageStage, channelId?: string): Promise<void> {
  const model = openPanel(stage);
  await model.start();
  void model.select(channelId);
  await see('roles.legend');
}
/** Gives some roles and opens the dialog on one channel. */
const roles = (
  then: (stage: PageStage) => unknown,
  prepare?: (stage: PageStage) => void,
  rest?: { size: number },
): Entry =>
  entry(
    'dialog',
    rest,
  )(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'auditor'));
    prepare?.(stage);
    await opened(stage, SALES_CHANNEL);
    await see('role.auditor');
    await then(stage);
  });
const edit = async (stage: PageStage, person = HEAD_OF_SALES, role = 'supervisor'): Promise<void> =>
  inRow(nameOf(stage, person), `.mark.role-${role}`);
const saved = (said: Key | null, happens: (stage: PageStage) => void): Entry =>
  roles(async stage => {
    await edit(stage);
    happens(stage);
    await press('roles.save');
    if (said) await see(said);
  });
const atTheWrite = ({ world }: PageStage, happens: () => void): void =>
  world.disturbances.add(WRITE, () => world.disturbances.add(WRITE, happens));
/** Another admin writes before each of our writes. */
const another = (stage: PageStage, at = 0): void =>
  stage.world.disturbances.add(WRITE, () => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'auditor'), seat(9000 + at, 'auditor'));
    another(stage, at + 1);
  });

const everybody = (stage: PageStage): void =>
  give(stage, ...[...stage.world.crm.users.keys()].map(id => seat(id, 'seller')));
export const ROLES_STATES = {
  'roles-loading': dialog(async stage => {
    stage.world.disturbances.add(/api\/v4\/users/, 'lost-before', Infinity);
    const model = openPanel(stage);
    void model.start();
    await see('panel.select');
    void model.select();
    await see('roles.legend');
    await see('roles.loading');
  }),
  'roles-staff-failed': dialog(async stage => {
    stage.world.disturbances.add(/api\/v4\/users/, 'forbidden-json', Infinity);
    await opened(stage);
    await see('failure.retry');
  }),
  'roles-first': dialog(stage => opened(stage)),
  'roles-one-employee': dialog(async stage => {
    for (const id of stage.world.crm.users.keys()) if (id !== ADMIN) stage.world.crm.users.delete(id);
    await opened(stage, SALES_CHANNEL);
    await see('role.auditor');
  }),
  'roles-few': roles(() => undefined),
  'roles-many': roles(() => undefined, undefined, { size: 500 }),
  'roles-ten-thousand': roles(() => undefined, undefined, { size: 10_000 }),
  'roles-long-names': roles(() => undefined, lengthen),
  'roles-all-channels': dialog(async stage => {
    give(
      stage,
      seat(SELLER_A, 'seller'),
      seat(SELLER_A, 'auditor', WHOLESALE_CHANNEL),
      seat(SELLER_B, 'manager'),
    );
    await opened(stage);
    await see('role.auditor');
    await inRow(nameOf(stage, SELLER_A), '.counts-of');
  }),
  // With nine or more channels, a list replaces the tabs.
  'roles-many-channels': dialog(async stage => {
    const { channels } = stage.world.chat;
    const [first] = channels;
    if (!first) return;
    for (let more = channels.length; more < 12; more += 1)
      channels.push({
        ...first,
        channelId: `${first.channelId.slice(0, -2)}${10 + more}`,
        name: `№ ${more + 1}`,
      });
    give(
      stage,
      ...channels.map(({ channelId }, at) => seat(SELLER_A, at % 3 === 0 ? 'auditor' : 'seller', channelId)),
    );
    await opened(stage);
    await see('role.auditor');
    await inRow(nameOf(stage, SELLER_A), '.counts-of');
  }),
  'roles-keys': roles(() => press('keys.title')),
  'roles-filters': roles(() => press('find.button'), undefined, { size: 60 }),
  'roles-nobody-found': roles(() => write('input[type=search]', 'zzz')),
  'roles-selected': roles(async stage => {
    await inRow(nameOf(stage, SELLER_A), '.pick input');
    await inRow(nameOf(stage, SELLER_B), '.pick input');
  }),
  'roles-edited': roles(edit),
  'roles-example': dialog(async stage => {
    await opened(stage);
    await see('role.auditor');
    await press('preset.own-clients.title');
  }),
  'roles-read-only': roles(
    () => see('roles.readOnly'),
    stage => {
      stage.keyKind = 'v3';
    },
  ),
  'roles-changes': roles(async stage => {
    await edit(stage);
    await edit(stage, SELLER_A, 'none');
    await press('review.open');
  }),
  'roles-why': roles(async stage => {
    await inRow(nameOf(stage, SELLER_A), '.why-button');
    await see('why.note');
  }),
  'roles-tools': roles(() => press('roles.tools')),
  'roles-conflict': roles(async stage => {
    await edit(stage);
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'auditor'), seat(HEAD_OF_SALES, 'auditor'));
    await press('roles.save');
    await see('conflict.title');
  }),
  'roles-draft-offer': roles(async stage => {
    await edit(stage);
    await see('review.open');
    await press('roles.close');
    await see('draft.resume');
    await press('panel.select');
    await see('draft.hereOnly');
  }),
  'roles-saving': saved('roles.saving', ({ world }) => world.disturbances.add(WRITE, 'lost-before')),
  'roles-saving-many': roles(
    async stage => {
      await edit(stage);
      stage.world.disturbances.add(/POST \/v3\/users/, 'lost-before', Infinity);
      await press('roles.save');
      await see('saving.stop');
    },
    everybody,
    { size: 250 },
  ),
  'roles-not-saved': saved('roles.notSaved', ({ world }) => world.disturbances.add(WRITE, 'too-many')),
  'roles-unknown': saved('roles.unknown', stage =>
    atTheWrite(stage, () => stage.world.disturbances.add(ROLES, 'broken-json', Infinity)),
  ),
  'roles-differ': saved('roles.differs', stage =>
    atTheWrite(stage, () => stage.world.disturbances.add(ROLES, () => give(stage))),
  ),
  'roles-stale': saved('roles.stale', another),
  'roles-not-refreshed': roles(async stage => {
    await edit(stage);
    another(stage);
    await press('roles.save');
    await see('roles.stale');
    stage.world.disturbances.clear();
    stage.world.disturbances.add(ROLES, 'forbidden-json', Infinity);
    await press('roles.takeTheirs');
    await see('roles.notSaved');
  }),
  'roles-stopped': roles(
    async stage => {
      await edit(stage);
      stage.world.disturbances.add(/POST \/v3\/users/, 'slow', 2);
      await press('roles.save');
      await press('saving.stop');
      await until(() => !isSaid('roles.saving'));
    },
    everybody,
    { size: 250 },
  ),
} as const;
