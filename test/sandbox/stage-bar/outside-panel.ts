/** Accounts, their grants and hooks, and the result of each hook, with buttons that trigger events. */
import { element } from '../page/element.ts';
import { MISHAPS, type AccountShown, type OutsideShown, type ParcelShown } from '../wire/outside.ts';
import { group, press, toggle } from './controls.ts';
import type { StageWords } from './words.ts';

type Act = (action: string, body?: object) => Promise<void>;

export const outsideGroups = (
  words: StageWords,
  { accounts, chat }: OutsideShown,
  act: Act,
): readonly HTMLElement[] => [
  ...accounts.map(account => accountGroup(words, account, act)),
  group(
    words.accounts,
    press(words.openAccount, () => act('open-account')),
  ),
  group(
    words.chatHooks,
    element('p', { class: 'quiet' }, chat.address === '' ? words.noAddress : chat.address),
    ...mishapsOf(words, chat.mishaps, mishap => act('mishap', { mishap })),
    parcels(words, chat.parcels),
  ),
];

function accountGroup(words: StageWords, shown: AccountShown, act: Act): HTMLElement {
  const { id: account, hooks } = shown;
  const areOn = hooks.some(one => !one.disabled);
  const hooksOn = press(areOn ? words.hooksOff : words.hooksOn, () =>
    act('hooks-on', { account, on: !areOn }),
  );
  return group(
    `${shown.name} — ${new URL(shown.address).host}`,
    toggle(words.installed, shown.isInstalled, on => act('installed', { account, on })),
    toggle(words.sendsHooks, shown.sendsHooks, on => act('sends-hooks', { account, on })),
    press(`${words.revoke} (${shown.grants})`, () => act('revoke-tokens', { account })),
    ...(hooks.length > 0 ? [hooksOn] : []),
    listOf(
      hooks.map(({ destination, disabled }) =>
        disabled ? `${destination} — ${words.disabled}` : destination,
      ),
    ),
    ...mishapsOf(words, shown.mishaps, mishap => act('mishap', { account, mishap })),
    parcels(words, shown.parcels),
  );
}

const mishapsOf = (
  words: StageWords,
  waiting: AccountShown['mishaps'],
  ask: (mishap: (typeof MISHAPS)[number]) => Promise<void>,
): HTMLElement[] =>
  MISHAPS.map(mishap => {
    const many = waiting.filter(one => one === mishap).length;
    const word = words.mishap[mishap];
    return press(many > 0 ? `${word} (${many})` : word, () => ask(mishap), 'add');
  });

/** What was sent to which address, and the result. */
const parcels = (words: StageWords, shown: readonly ParcelShown[]): HTMLElement =>
  shown.length === 0
    ? element('p', { class: 'quiet' }, words.noParcels)
    : listOf(
        shown.map(({ what, to, state, outcomes }) => {
          const answers = outcomes.map(one => (typeof one === 'number' ? String(one) : words.outcome[one]));
          return `${what} → ${to}: ${[words.parcel[state], ...answers].join(', ')}`;
        }),
      );

const listOf = (texts: readonly string[]): HTMLElement =>
  element('ul', {}, ...texts.map(text => element('li', {}, text)));
