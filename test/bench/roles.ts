/** The roles dialog from ten employees to ten thousand: main-thread milliseconds of script, style and layout. */
import { ADMIN, NOBODY } from '../world/people.ts';
import { DEEDS, FRAME_MS, measuredDialog, type Costs, type Deed } from './dialog-costs.ts';
import { OUR_DIALOG, PLAIN_DIALOG, type DialogWays } from './dialog-ways.ts';
import type { Budget, Line } from './line.ts';
import { inOffice, type Bench, type Office } from './office.ts';
import { growth } from './statistics.ts';
import { OURS, PLAIN, type Ways } from './ways.ts';

const part = 'roles';
/** The service accepts a thousand people with a role; ten thousand without one is the largest account in scope. */
const SIZES = [10, 100, 1000, 10_000] as const;
/** The chat service accepts no more. */
const MOST_WITH_ROLE = 900;

/** Of sixty, by processor time: frames that other programs delay are reported and do not count. */
const TOO_LONG = 3;
const LARGE = 10_000;
const SMALL = 100;
/** Linear, with room for noise between two measurements. */
const LINEAR = 1.15;
/** An edit draws the same rows at any size, and counts once the people without a role. */
const FLAT = 2;
const OPENING = 1.5;
/** A row over the data that the panel has read already, and its place in a few lists. */
const BYTES_A_PERSON = 100;

const COUNTED: ReadonlySet<Deed> = new Set(['dropped frames', 'frames of work too long']);
const WHEN_LARGE: Partial<Record<Deed, Budget>> = {
  'key stroke': { of: 'ours', most: FRAME_MS },
  'later key stroke': { of: 'ours', most: FRAME_MS },
  'frames of work too long': { of: 'ours', most: TOO_LONG },
};

export async function measureRoles(bench: Bench): Promise<readonly Line[]> {
  const ours = new Map<number, Costs>();
  const plain = new Map<number, Costs>();
  for (const size of SIZES) {
    ours.set(size, await measured(bench, bench.ours, OURS, OUR_DIALOG, size));
    plain.set(size, await measured(bench, bench.plain, PLAIN, PLAIN_DIALOG, size));
  }
  const at = (all: ReadonlyMap<number, Costs>, deed: Deed, size: number): number | undefined =>
    all.get(size)?.[deed];
  const points = (all: ReadonlyMap<number, Costs>, deed: Deed) =>
    SIZES.filter(size => size >= 1000).flatMap(size => {
      const cost = at(all, deed, size);
      return cost === undefined ? [] : [[size, cost] as const];
    });

  const table = DEEDS.flatMap(deed =>
    SIZES.flatMap((size): Line[] => {
      const [mine, theirs] = [at(ours, deed, size), at(plain, deed, size)];
      if (mine === undefined) return [];
      return [
        {
          part,
          what: `${deed}, ${size}`,
          unit: deed === 'heap' ? 'MB' : COUNTED.has(deed) ? '' : 'ms',
          ours: mine,
          plain: theirs,
          budget: size === LARGE ? WHEN_LARGE[deed] : undefined,
        },
      ];
    }),
  );
  const grows = DEEDS.filter(deed => !COUNTED.has(deed)).map((deed): Line => {
    const theirs = points(plain, deed);
    return {
      part,
      what: `growth of ${deed} from 1000 on`,
      unit: '',
      ours: growth(points(ours, deed)),
      plain: theirs.length > 1 ? growth(theirs) : undefined,
      budget: { of: 'ours', most: LINEAR },
    };
  });
  const against = (deed: Deed, large: number, most: number): Line => ({
    part,
    what: `${deed}, ${large} against ${SMALL}`,
    unit: '×',
    ours: (at(ours, deed, large) ?? Number.NaN) / (at(ours, deed, SMALL) ?? Number.NaN),
    plain: (at(plain, deed, large) ?? Number.NaN) / (at(plain, deed, SMALL) ?? Number.NaN),
    budget: { of: 'ours', most },
  });
  const aPerson: Line = {
    part,
    what: `heap a person, from 1000 to ${LARGE}`,
    unit: 'B',
    ours:
      (((at(ours, 'heap', LARGE) ?? Number.NaN) - (at(ours, 'heap', 1000) ?? 0)) * 2 ** 20) / (LARGE - 1000),
    budget: { of: 'ours', most: BYTES_A_PERSON },
  };
  return [...table, ...grows, aPerson, against('open', LARGE, OPENING), against('set one', LARGE, FLAT)];
}

function measured(
  bench: Bench,
  zip: Uint8Array,
  ways: Ways,
  dialog: DialogWays,
  size: number,
): Promise<Costs> {
  return inOffice(bench.browser, { zip }, async office => {
    const { page, probe } = await office.open('office', '');
    office.hire(size);
    giveRoles(office);
    await ways.openPanel(page);
    await ways.openDialog(page);
    await ways.everybody(page);
    return (await measuredDialog(page, probe, dialog, () => meanwhile(office))).all();
  });
}

/** Another admin gives the first seller or auditor of the list the other of these roles. */
function meanwhile({ world }: Office): void {
  const userRoles = [...world.chat.settings.userRoles];
  const at = userRoles.findIndex(({ role }) => role !== 'manager');
  const one = userRoles[at];
  if (!one) throw new Error('Nobody has a role that could be changed');
  userRoles[at] = { ...one, role: one.role === 'seller' ? 'auditor' : 'seller' };
  world.chat.settings = { ...world.chat.settings, userRoles };
}

export function giveRoles({ world }: Office): void {
  const people = [...world.crm.users.values()].filter(({ id }) => id !== ADMIN && id !== NOBODY);
  const withRole = people.slice(0, Math.min(MOST_WITH_ROLE, people.length / 2));
  for (const { id, name } of withRole) world.chat.users.set(String(id), { id: String(id), name });
  world.chat.settings = {
    ...world.chat.settings,
    userRoles: world.chat.channels.flatMap(({ channelId }) =>
      withRole.map(({ id }, place) => ({
        channelId,
        userId: String(id),
        role: place % 10 === 0 ? ('manager' as const) : ('seller' as const),
        allowGetNewClients: place % 2 === 0,
      })),
    ),
  };
}
