/** The half of the host that answers without a request, from the one answer that our server gave for this page. */
import { isBlank } from '../../../domain/blank.ts';
import type { Employee } from '../../../domain/employee.ts';
import type { HostPage, Me, Place } from '../host.ts';
import type { Frame } from './frame.ts';
import type { PageAnswer } from './page-answer.ts';
import { hiddenFrom, type Seer } from './visibility.ts';
import type { Watched, Watching } from './watching.ts';

export type Surroundings = Watching & {
  readonly answer: PageAnswer;
  readonly frame: Pick<Frame, 'theme' | 'onTheme' | 'onVisible'>;
  /** Address where a person grants our server access to the CRM. */
  readonly allowAddress: string;
  /** The name to show for an employee whose own name is blank. */
  readonly nameless: (employeeId: string) => string;
};

export function pipedrivePage(around: Surroundings): HostPage {
  const { answer, frame, allowAddress, nameless } = around;
  const { me, account, client, groups, ownSettings } = answer;
  const named = <T extends Me | Employee>(one: T): T =>
    isBlank(one.name) ? { ...one, name: nameless(one.id) } : one;
  const groupNames = new Map(groups?.map(one => [one.id, one.name]));
  const employees = answer.employees.items.map(one =>
    named({ ...employeeOf(one), group: groupNames.get(one.groupId) ?? '' }),
  );
  const seer = (id: string): Seer =>
    answer.employees.items.find(one => one.id === id) ?? { id, groupId: '', seesAll: false };
  const byId = new Map(employees.map(one => [one.id, one]));
  return {
    place: placeOf(client),
    me: named(me),
    account: { id: account.id, country: account.country.toUpperCase() },
    locale: answer.locale.slice(0, 2),
    origin: account.origin,
    theme: frame.theme,
    onTheme: frame.onTheme,
    shownOwner: () => client?.ownerId ?? null,
    ...watchingLater(around),
    employee(id) {
      const known = byId.get(id);
      // A list without the person who uses the page is incomplete, so a missing employee does not count as deleted.
      return known ?? (byId.has(me.id) ? undefined : named(unlisted(id)));
    },
    employees: () => employees,
    // The address of the CRM's own list of persons, filtered by owner (inferred).
    contactsOf: employeeId => `${account.origin}/persons/list/user/${encodeURIComponent(employeeId)}`,
    cardOf: (kind, id) => cardOf(account.origin, kind, id),
    hiddenBy: (fromId, toId) =>
      hiddenFrom(me.id, seer(fromId), seer(toId), { visibleTo: client?.visibleTo ?? null, groups }),
    allowAddress,
    isInstalled: () => true,
    // From the server's answer, because the browser may forbid a frame to store anything.
    ownSettings: () => (ownSettings.settings ? JSON.stringify(ownSettings.settings) : ''),
  };
}

/**
 * Loaded separately, because nothing is asked in the first seconds of a page. If it cannot be loaded, a card looks only
 * when it is unfolded.
 */
function watchingLater(around: Watching): Pick<HostPage, 'onChange' | 'knowChange'> {
  const load = (): Promise<Watched> => import('./watching.ts').then(({ watching }) => watching(around));
  let loading: Promise<Watched> | null = null;
  return {
    onChange(contactId, listener) {
      loading ??= load();
      const stop = loading.then(({ onChange }) => onChange(contactId, listener));
      stop.catch(() => (loading = null));
      return () => void stop.then(end => end()).catch(() => null);
    },
    knowChange: (...known) => void loading?.then(({ knowChange }) => knowChange(...known)).catch(() => null),
  };
}

/** The CRM calls contacts persons. */
export const cardOf = (origin: string, kind: 'contact' | 'deal', id: string): string =>
  `${origin}/${kind === 'deal' ? 'deal' : 'person'}/${encodeURIComponent(id)}`;

function placeOf(client: PageAnswer['client']): Place {
  if (!client || client.contactId === null) return { kind: 'settings' };
  const { contactId, dealId } = client;
  return { kind: 'contact', contactId, ...(dealId === null ? {} : { dealId }) };
}

const unlisted = (id: string): Employee => ({
  id,
  name: '',
  email: '',
  group: '',
  groupId: '',
  active: true,
  admin: false,
  free: false,
  editsContacts: 'unknown',
});

const employeeOf = (one: PageAnswer['employees']['items'][number]): Employee => ({
  ...unlisted(one.id),
  name: one.name,
  email: one.email,
  groupId: one.groupId,
  active: one.isActive,
  admin: one.isAdmin,
  editsContacts: one.isAdmin ? 'all' : 'unknown',
});
