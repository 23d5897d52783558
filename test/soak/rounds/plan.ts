/** The events of one round, decided by its seed alone. */
import { randomFrom } from '../../support/claim-lives/random.ts';
import type { Fault } from '../../world/disturbances.ts';

export const SEATS = 5;

/** What happens to a seller's browser. */
export type Accident = {
  readonly seat: number;
  /** The step at which it happens: the number of requests begun or answered by then. */
  readonly step: number;
  readonly how:
    | 'reloaded'
    /** Its pages close immediately. Its storage survives. */
    | 'killed'
    /** It is closed together with its storage. */
    | 'lost'
    /** Lasts 70 seconds. */
    | 'offline'
    | 'asleep';
  /** Whether a killed browser comes back in this round or with the next. */
  readonly isBackSoon: boolean;
};

export type Plan = {
  readonly seed: number;
  /** Milliseconds after the start of the round, by seat. */
  readonly presses: readonly number[];
  /** The seat that also presses in a second tab. */
  readonly twoTabs: number | null;
  readonly accidents: readonly Accident[];
  readonly faults: readonly { readonly on: RegExp; readonly happens: Fault }[];
  readonly serverKilledAt: number | null;
  /**
   * An outside change: a colleague who does not press gives the client to this seat. `at`: milliseconds after the start
   * of the round.
   */
  readonly order: { readonly at: number; readonly to: number } | null;
  readonly hasDeal: boolean;
  readonly logLagMs: number;
  readonly hookDelayMs: number;
  readonly lateMs: number;
  readonly twiceMs: number;
};

const FAULTS: readonly (readonly [on: RegExp, happens: readonly Fault[]])[] = [
  [
    /^PATCH \/api\/v4\/contacts/,
    ['slow', 'slow-answer', 'lost-before', 'lost-after', 'twice', 'too-many', 'cut', 'late', 'broken-json'],
  ],
  [/^GET \/api\/v4\/contacts/, ['slow', 'slow-answer', 'too-many', 'server-error', 'broken-json', 'cut']],
  [/^POST \/claims$/, ['slow', 'slow-answer', 'lost-before', 'lost-after', 'cut', 'twice']],
  [/^POST \/claims\/told/, ['slow', 'slow-answer', 'lost-before', 'lost-after', 'cut', 'twice']],
  [/^POST \/hooks/, ['slow', 'lost-before', 'twice']],
  [/^GET \/api\/v4\/events/, ['slow', 'too-many', 'server-error']],
  [/^(POST|PATCH|DELETE) \/v3\/contacts/, ['slow', 'too-many', 'server-error', 'lost-after']],
];
/** Asking, reading, writing and reporting, each begun and answered. */
const STEPS = 8;

export function planOf(seed: number): Plan {
  const random = randomFrom(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const happens = (chance: number): boolean => random() < chance;
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[], other: T): T =>
    list[upTo(list.length)] ?? other;
  const absence = seed % 16 === 0 ? 'offline' : seed % 16 === 5 ? 'asleep' : null;
  const seats = Array.from({ length: SEATS }, (_, at) => at).sort(() => random() - 0.5);
  const befallen = seats.slice(0, absence ? 1 : upTo(3));
  const accident = (seat: number): Accident => ({
    seat,
    step: upTo(STEPS) + 1,
    how: absence ?? pick(['reloaded', 'killed', 'killed', 'killed', 'lost'], 'killed'),
    isBackSoon: happens(0.5),
  });
  return {
    seed,
    presses: seats.map(() => upTo(400)),
    twoTabs: seed % 8 === 3 ? upTo(SEATS) : null,
    accidents: befallen.map(accident),
    faults: Array.from({ length: 1 + upTo(5) }, () => {
      const [on, possible] = pick(FAULTS, [/^PATCH/, []]);
      return { on, happens: pick(possible, 'slow') };
    }),
    serverKilledAt: happens(0.5) ? upTo(3000) : null,
    order: happens(0.2) ? { at: upTo(2500), to: upTo(SEATS) } : null,
    hasDeal: happens(0.5),
    logLagMs: happens(0.5) ? upTo(15_000) : 0,
    hookDelayMs: upTo(1500),
    lateMs: 2000 + upTo(12_000),
    twiceMs: 200 + upTo(8000),
  };
}

export const planAsText = ({
  seed,
  accidents,
  faults,
  serverKilledAt,
  order,
  twoTabs,
  logLagMs,
}: Plan): string =>
  [
    `seed ${seed}`,
    ...accidents.map(({ seat, step, how, isBackSoon }) =>
      [`seat ${seat} ${how} at step ${step}`, how === 'killed' && isBackSoon && ' and back']
        .filter(Boolean)
        .join(''),
    ),
    twoTabs !== null && `two tabs of seat ${twoTabs}`,
    serverKilledAt !== null && `server killed at ${serverKilledAt} ms`,
    order && `ordered to seat ${order.to} at ${order.at} ms`,
    logLagMs > 0 && `log up to ${logLagMs} ms late`,
    faults.map(({ on, happens }) => `${happens} ${on.source.replaceAll('\\', '')}`).join(', '),
  ]
    .filter(Boolean)
    .join('; ');
