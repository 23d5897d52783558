/** What may happen to one client: each kind of problem alone, and all together. */
import { CALM, type Accidents } from './chance.ts';
import type { Life } from './lives.ts';
import { SERVICE } from './server-life.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Scenario = {
  readonly name: string;
  readonly accidents: Accidents;
  readonly owner?: string;
  readonly play: (life: Life, time: VirtualTime) => void;
};

const SELLERS = ['11', '12', '13', '14', '15'];
const ADMIN = '2';
const OTHER = '21';

const sellersOf = ({ random }: Life): readonly string[] => SELLERS.slice(0, 2 + Math.floor(random() * 4));

/** Everyone presses within this time, in milliseconds. */
const race =
  (within: number) =>
  (life: Life, time: VirtualTime): void => {
    const base = life.crm.owner();
    for (const seller of sellersOf(life)) {
      const page = life.page(seller);
      time.at(life.random() * within, () => void page.press(seller, base));
    }
  };
const together = race(50);
const spread = race(40_000);
/** One person requests the client and disappears. When the grant has expired, the others press. */
function oneLate(life: Life, time: VirtualTime): void {
  const base = life.crm.owner();
  sellersOf(life).forEach((seller, at) => {
    const page = life.page(seller);
    time.at(at === 0 ? 0 : life.between([28_000, 45_000]), () => void page.press(seller, base));
  });
}
const either = (life: Life, time: VirtualTime): void =>
  [together, spread, oneLate][Math.floor(life.random() * 3)]?.(life, time);

const orders = (life: Life, time: VirtualTime, within = 20_000): void =>
  time.at(life.random() * within, () => life.crm.write(ADMIN, OTHER, { kind: 'order' }));

/** What people do after they got the client. */
const then =
  (next: (life: Life, time: VirtualTime, me: string, formerly: string | null) => void) =>
  (life: Life, time: VirtualTime): void => {
    const base = life.crm.owner();
    const follow = async (seller: string, pressed: Promise<string>): Promise<void> => {
      if ((await pressed) !== 'written' || life.crm.owner() !== seller) return;
      time.at(life.random() * 20_000, () => next(life, time, seller, base));
    };
    for (const seller of sellersOf(life)) {
      const page = life.page(seller);
      time.at(life.random() * 3000, () => {
        void follow(seller, page.press(seller, base));
      });
    }
  };

const undone = then((life, _, me, formerly) => void life.page(me).press(formerly ?? '', me));

/** An admin changes the owner at the moment of a repair. */
function orderedMeanwhile(life: Life, time: VirtualTime): void {
  oneLate(life, time);
  const watch = (left: number): void => {
    if (life.crm.log().length > 1) orders(life, time, 2500);
    else if (left > 0) time.at(100, () => watch(left - 1));
  };
  watch(900);
}

const BROKEN: Accidents = {
  lostAnswers: 0.15,
  deaths: 0.05,
  neverBack: 0.2,
  lostHooks: 0.3,
  logLag: 20_000,
  lateWrites: 30_000,
  doubledWrites: 0.1,
  lateQuestions: 3_000,
  sleep: 0,
  outOfReach: 0.1,
};

export const SCENARIOS: readonly Scenario[] = [
  { name: 'pressed at once', accidents: CALM, play: together },
  { name: 'pressed within a minute', accidents: CALM, play: spread },
  {
    name: 'ordered while it is put right',
    accidents: { ...CALM, lateWrites: 30_000, sleep: 9000 },
    play: orderedMeanwhile,
  },
  { name: 'answers are lost', accidents: { ...CALM, lostAnswers: 0.3 }, play: either },
  {
    name: 'browsers die between any two steps',
    accidents: { ...CALM, deaths: 0.2, neverBack: 0.3, lostHooks: 0.5, lateWrites: 30_000, sleep: 9000 },
    play: either,
  },
  {
    name: 'outside orders',
    accidents: CALM,
    play(life, time) {
      either(life, time);
      orders(life, time);
      if (life.random() < 0.5) orders(life, time);
    },
  },
  {
    name: 'the log lags',
    accidents: { ...CALM, logLag: 40_000, lateWrites: 20_000 },
    play(life, time) {
      either(life, time);
      if (life.random() < 0.5) orders(life, time);
    },
  },
  { name: 'hooks are lost', accidents: { ...CALM, lostHooks: 1, lateWrites: 20_000 }, play: either },
  {
    name: 'the server is down',
    accidents: CALM,
    play(life, time) {
      either(life, time);
      time.at(life.random() * 5000, () => life.server.kill(20_000 + life.random() * 60_000));
    },
  },
  {
    name: 'the server is out of reach for some',
    accidents: { ...CALM, outOfReach: 0.4 },
    play: either,
  },
  {
    name: 'writes are delivered twice',
    accidents: { ...CALM, doubledWrites: 0.7, lateWrites: 20_000 },
    play: (life, time) => (life.random() < 0.5 ? either : undone)(life, time),
  },
  { name: 'writes come late', accidents: { ...CALM, lateWrites: 30_000, sleep: 9000 }, play: oneLate },
  {
    name: 'questions come late',
    accidents: { ...CALM, lateQuestions: 20_000, lostAnswers: 0.3, lateWrites: 10_000 },
    play: either,
  },
  {
    name: 'two tabs of one person',
    accidents: { ...CALM, lostAnswers: 0.1 },
    play(life, time) {
      const base = life.crm.owner();
      for (const seller of ['11', '11', '12'])
        time.at(life.random() * 5000, () => void life.page(seller).press(seller, base));
    },
  },
  { name: 'a colleague’s client', accidents: { ...CALM, lateWrites: 10_000 }, owner: OTHER, play: either },
  {
    name: 'handed over after a claim',
    accidents: { ...CALM, lateWrites: 5000 },
    play: then((life, _, me) => void life.page(me).press(OTHER, me)),
  },
  {
    name: 'undone',
    accidents: { ...CALM, lateWrites: 5000 },
    play: then((life, _, me, formerly) => void life.page(me).press(formerly ?? '', me)),
  },
  {
    name: 'the service’s admin is a seller',
    accidents: { ...CALM, lateWrites: 30_000 },
    play(life, time) {
      either(life, time);
      const base = life.crm.owner();
      time.at(life.random() * 10_000, () => void life.page(SERVICE).press(SERVICE, base));
    },
  },
  {
    name: 'a loser insists by hand, later',
    accidents: { ...CALM, lateWrites: 20_000 },
    play(life, time) {
      const base = life.crm.owner();
      for (const seller of sellersOf(life)) {
        const page = life.page(seller);
        time.at(life.random() * 5000, () => {
          void page.press(seller, base);
          time.at(75_000 + life.random() * 60_000, () => {
            if (life.random() < 0.3) life.crm.write(seller, seller, { kind: 'order' });
          });
        });
      }
    },
  },
  {
    name: 'the server is killed',
    accidents: { ...CALM, lostAnswers: 0.05, lateWrites: 20_000 },
    play(life, time) {
      either(life, time);
      for (let kills = 0; kills < 4; kills += 1)
        time.at(life.random() * 40_000, () => life.server.kill(life.random() * 3000));
    },
  },
  {
    name: 'pages sleep',
    accidents: { ...CALM, sleep: 4 * 60_000, outOfReach: 0.2 },
    play: either,
  },
  {
    name: 'a robot that reverts',
    accidents: CALM,
    play(life, time) {
      together(life, time);
      const base = life.crm.owner() ?? '';
      for (let at = 0; at < 30; at += 1)
        time.at(2000 + at * 3000, () => life.crm.write(ADMIN, base, { kind: 'order' }));
    },
  },
  {
    name: 'all at once',
    accidents: BROKEN,
    play(life, time) {
      either(life, time);
      if (life.random() < 0.5) orders(life, time, 60_000);
      if (life.random() < 0.3)
        time.at(life.random() * 30_000, () => life.server.kill(life.random() * 30_000));
    },
  },
];

export function scenario(name: string): Scenario {
  const found = SCENARIOS.find(one => one.name === name);
  if (!found) throw new Error(`No scenario is called ${name}`);
  return found;
}
