/** The dialog over the CRM's list in each of its states, as seller A opens it. */
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import type { CrmContact } from '../../world/crm.ts';
import { entry, lengthen, type Entry } from './entry.ts';
import { isSaid, pressMain, see, until, write, type Key } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { hold } from '../../mocks/claims.ts';
import { openList } from './views.tsx';

const WRITE = /^PATCH \/api\/v4\/contacts/;
const READ = /^GET \/api\/v4\/contacts/;
const NAMES = ['Анна Смирнова', 'Борис Кузнецов', 'Вера', '+7 916 000-00-04', 'Галина Соколова'];
const WITH_REASON: Opening = { claims: { fromColleague: 'with-reason' } };
const FREELY: Opening = { claims: { fromColleague: 'freely' } };
const THREE = [NOBODY, NOBODY, NOBODY];

type Then = (stage: PageStage, clients: readonly CrmContact[]) => unknown;
type Opening = { readonly claims?: object; readonly prepare?: Then };

/** Picks one client for each of these owners. */
const list = (owners: readonly number[], then: Then, { claims, prepare }: Opening = {}): Entry =>
  entry('dialog', { person: SELLER_A })(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'));
    const clients = owners.map((owner, at) => {
      const client = stage.world.clientWrites({
        name: NAMES[at] ?? `${NAMES[0]} ${at}`,
        phone: `+7 916 000-00-${at}`,
      });
      client.responsibleUserId = owner;
      return client;
    });
    await prepare?.(stage, clients);
    openList(
      stage,
      clients.map(({ id }) => id),
      claims,
    );
    await then(stage, clients);
  });
const ready = (owners: readonly number[], opening?: Opening, then: Then = () => undefined): Entry =>
  list(
    owners,
    async (stage, clients) => {
      await until(() => isSaid('list.title') && !isSaid('list.reading'));
      await then(stage, clients);
    },
    opening,
  );
const pressed = (said: Key, happens: Then = () => undefined, owners = THREE, opening?: Opening): Entry =>
  ready(owners, opening, async (stage, clients) => {
    await happens(stage, clients);
    await pressMain();
    await see(said);
  });
/** The button is pressed, and the outcome for each client is known. */
const over = (happens?: Then, owners = THREE, opening?: Opening): Entry =>
  ready(owners, opening, async (stage, clients) => {
    await happens?.(stage, clients);
    await pressMain();
    // Waits one frame, not for the text about claiming, because the claim may be over before that text is seen.
    await new Promise(requestAnimationFrame);
    await until(() => !isSaid('list.claiming'));
  });
const add =
  (on: RegExp, happens: Parameters<PageStage['world']['disturbances']['add']>[1], times?: number): Then =>
  ({ world }) =>
    world.disturbances.add(on, happens, times);
const by = (person: number, { world }: PageStage, client: CrmContact | undefined): void => {
  if (client) world.crm.assignContact(person, client.id, person);
};
const offline = (): unknown => Object.defineProperty(navigator, 'onLine', { value: false });

export const LIST_STATES = {
  'list-reading': list(THREE, () => see('list.reading'), {
    prepare: add(READ, 'lost-before', Infinity),
  }),
  'list-read-failed': list(THREE, () => see('failure.crm.forbidden'), {
    prepare: add(READ, 'forbidden-json', Infinity),
  }),
  'list-one': ready([NOBODY]),
  'list-many': ready(Array.from({ length: 50 }, () => NOBODY)),
  'list-too-many': ready(Array.from({ length: 57 }, () => NOBODY)),
  'list-whose': ready([NOBODY, SELLER_A, SELLER_B, HEAD_OF_SALES, 1, NOBODY], {
    prepare({ world }, clients) {
      const left = world.crm.users.get(HEAD_OF_SALES);
      if (left) left.isActive = false;
      const last = clients.at(-1);
      if (last) last.isDeleted = true;
    },
  }),
  'list-nothing': ready([SELLER_A, SELLER_B, SELLER_A]),
  'list-no-role': ready(THREE, { prepare: stage => give(stage, seat(SELLER_A, 'auditor')) }),
  'list-reason': ready([NOBODY, SELLER_B, SELLER_B], WITH_REASON),
  'list-reason-only': ready([SELLER_B], WITH_REASON),
  'list-reason-given': ready([NOBODY, SELLER_B, SELLER_B], WITH_REASON, () =>
    write('textarea', 'Борис в отпуске до конца месяца, клиенты ждут ответа'),
  ),
  'list-long-names': ready([NOBODY, SELLER_B, SELLER_A], {
    prepare(stage, clients) {
      lengthen(stage);
      const [first] = clients;
      if (first) first.name = 'Общество с ограниченной ответственностью «Высоковольтэлектромонтажспецстрой»';
    },
  }),
  'list-claiming': pressed('list.writing', add(WRITE, 'lost-before')),
  'list-checking': pressed('list.checking', add(WRITE, 'cut')),
  'list-taken-all': over(),
  'list-taken-one': over(undefined, [NOBODY]),
  'list-offline': pressed('claim.offline', offline),
  'list-each': over(
    (stage, [, changed, freed, missing, , given]) => {
      by(SELLER_B, stage, changed);
      by(NOBODY, stage, freed);
      if (missing) stage.world.crm.deleteContact(SELLER_A, missing.id);
      by(SELLER_A, stage, given);
    },
    [NOBODY, NOBODY, HEAD_OF_SALES, NOBODY, SELLER_B, NOBODY],
    FREELY,
  ),
  'list-withdrawn': pressed('list.has', (stage, [first]) =>
    stage.world.disturbances.add(WRITE, () => by(SELLER_B, stage, first)),
  ),
  'list-held': over(({ memory, world }, [first]) => {
    if (first) hold(world, memory.claims, [SELLER_B, first.id]);
  }),
  'list-forbidden': over(({ world }) => {
    const me = world.crm.users.get(SELLER_A);
    if (me) me.contacts.edit = 'D';
  }),
  'list-failed': over(add(WRITE, 'unauthorized', Infinity)),
  'list-unknown': pressed('list.unknown', add(WRITE, 'cut')),
  'list-without-server': over(add(/POST \/claims/, 'cut', Infinity)),
} as const;
