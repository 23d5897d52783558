/**
 * A CRM and a chat service of a few clients, as small as possible because tests make thousands of them. Both fail when the test
 * says so. The chat service complains about each write of a client that has not changed since the service was last right.
 */
import * as v from 'valibot';

/** What happens to a request. `lost`: it is carried out, and its answer never comes. */
export type Trouble = 'none' | 'too-many' | 'broken' | 'cut' | 'lost';
export type Kind = 'contact' | 'deal';
export type Change =
  | { readonly what: 'owner'; readonly owner: string }
  | { readonly what: 'phone'; readonly phone: number }
  | { readonly what: 'status'; readonly status: string }
  | { readonly what: 'delete' }
  | { readonly what: 'restore' };

type Card = {
  readonly kind: Kind;
  readonly id: string;
  /** Contacts of a deal. */
  readonly contacts: readonly string[];
  owner: string;
  phone: number;
  status: string;
  isDeleted: boolean;
};
const newCard = (kind: Kind, id: string, contacts: readonly string[] = []): Card => ({
  kind,
  id,
  contacts,
  owner: '11',
  phone: 0,
  status: '1',
  isDeleted: false,
});

/** A hook, and whether the CRM's log shows the same change. */
export type Hook = { readonly body: string; readonly isLogged: boolean };
type LogLine = { readonly kind: Kind; readonly id: string; readonly at: number; readonly shownAt: number };

export const HOST = 'office.crm.invalid';
export const API = 'https://chat.invalid';
export const OWNERS = ['11', '12', '13', '14'] as const;
export const NOBODY = '13';
const LEFT = '14';
const PHONES: readonly (readonly [field: string, numbers: readonly string[]])[] = [
  ['+7 916 000-00-01', ['79160000001']],
  ['8 (916) 000-00-02', ['79160000002']],
  ['+7 916 000-00-02, +7 916 000-00-03', ['79160000002', '79160000003']],
  ['звонить вечером', []],
];
export const HOW_MANY_PHONES = PHONES.length;
/** Clients that the chat service got from another source. */
export const STRANGERS = ['contact 503', 'deal 9003'] as const;
export const CLIENTS = ['contact 501', 'contact 502', 'deal 9001', 'deal 9002'] as const;
const PAGE = 100;

const written = v.pipe(v.array(v.looseObject({ id: v.string() })), v.length(1));
const sent = v.object({
  responsibleUserId: v.string(),
  contactData: v.optional(v.array(v.looseObject({ chatId: v.string() })), []),
  contacts: v.optional(v.array(v.string()), []),
  closed: v.optional(v.boolean()),
});

export type Register = ReturnType<typeof createRegister>;

export function createRegister(now: () => number) {
  const cards = new Map(
    [
      newCard('contact', '501'),
      newCard('contact', '502'),
      newCard('contact', '503'),
      newCard('deal', '9001', ['501']),
      newCard('deal', '9002', ['501', '502']),
      newCard('deal', '9003', ['503']),
    ].map(card => [`${card.kind} ${card.id}`, card]),
  );
  const log: LogLine[] = [];
  const hooks: Hook[] = [];
  const chat = new Map<string, unknown>(
    STRANGERS.map(name => [name, { id: name.split(' ')[1], responsibleUserId: '12', name: 'of others' }]),
  );
  const strangers = JSON.stringify(STRANGERS.map(name => chat.get(name)));
  const ours = new Set<string>();
  /** Clients that have changed since the chat service was last right about them. */
  const changed = new Set<string>();
  const complaints: string[] = [];
  const troubles: { readonly crm: Trouble[]; readonly chat: Trouble[] } = { crm: [], chat: [] };
  let writes = 0;

  const works = (card: Card): boolean => !card.isDeleted && card.owner !== NOBODY && card.owner !== LEFT;

  /** What the chat service should know, as a comparable string; null for nothing. */
  function expected(name: string): string | null {
    const card = cards.get(name);
    if (!card || !ours.has(name) || !works(card)) return null;
    const numbers = PHONES[card.phone]?.[1] ?? [];
    if (card.kind === 'contact') return numbers.length > 0 ? `${card.owner} ${numbers.join()}` : null;
    const contacts = card.contacts.filter(id => ours.has(`contact ${id}`));
    return contacts.length > 0 ? `${card.owner} ${contacts.join()} ${card.status === '142'}` : null;
  }
  function found(name: string): string | null {
    if (!chat.has(name)) return null;
    const { responsibleUserId, contactData, contacts, closed } = v.parse(sent, chat.get(name));
    if (name.startsWith('deal')) return `${responsibleUserId} ${sorted(contacts)} ${closed}`;
    return `${responsibleUserId} ${sorted(contactData.map(({ chatId }) => chatId))}`;
  }
  const isRight = (name: string): boolean => found(name) === expected(name);

  function write(name: string, content: unknown): void {
    writes += 1;
    if (!ours.has(name)) complaints.push(`${name} is not ours and was written`);
    else if (!changed.has(name)) complaints.push(`${name} was written and had not changed`);
    if (content === undefined) chat.delete(name);
    else chat.set(name, content);
    if (isRight(name)) changed.delete(name);
  }

  async function served(kind: 'crm' | 'chat', request: Request, answer: () => Promise<Response>) {
    if (request.signal.aborted) throw new Error('The caller no longer waits');
    const trouble = troubles[kind].shift();
    if (trouble === 'cut') throw new Error('The connection was cut');
    if (trouble === 'too-many') return new Response('<html>', { status: 429 });
    if (trouble === 'broken') return new Response('<html>', { status: 502 });
    const answered = await answer();
    if (trouble === 'lost') throw new Error('The answer was lost');
    return answered;
  }

  function contactOrDeal(card: Card): Response {
    if (card.isDeleted) return new Response(null, { status: 204 });
    const leads = [...cards.values()].filter(({ contacts }) => contacts.includes(card.id));
    return Response.json({
      name: 'Анна',
      responsible_user_id: Number(card.owner),
      status_id: Number(card.status),
      custom_fields_values: [{ field_code: 'PHONE', values: [{ value: PHONES[card.phone]?.[0] }] }],
      _embedded: {
        leads: leads.map(({ id }) => ({ id: Number(id) })),
        contacts: card.contacts.map(id => ({ id: Number(id) })),
      },
    });
  }

  function events(query: URLSearchParams): Response {
    const from = Number(query.get('filter[created_at][from]'));
    const page = Number(query.get('page'));
    const shown = log.filter(({ at, shownAt }) => at / 1000 >= from && shownAt <= now()).toReversed();
    const part = shown.slice((page - 1) * PAGE, page * PAGE);
    if (part.length === 0) return new Response(null, { status: 204 });
    const wire = part.map(({ kind, id }) => ({
      entity_type: kind === 'deal' ? 'lead' : kind,
      entity_id: Number(id),
    }));
    return Response.json({ _embedded: { events: wire } });
  }

  return {
    hooks,
    ours,
    troubles,
    complaints,
    writes: () => writes,
    /** Clients whose copy differs from the CRM. */
    wrong: () =>
      CLIENTS.flatMap(name =>
        isRight(name) ? [] : `${name} is ${found(name)} and should be ${expected(name)}`,
      ),
    strangersTouched: () => JSON.stringify(STRANGERS.map(name => chat.get(name))) !== strangers,
    /** A page has reported the client. */
    tell(name: string) {
      ours.add(name);
      for (const one of CLIENTS) changed.add(one);
    },
    /** `lag`: the log shows the change this many milliseconds later. False when there is nothing to change. */
    change(name: string, change: Change, lag: number): boolean {
      const card = cards.get(name);
      if (!card || card.isDeleted !== (change.what === 'restore')) return false;
      if (change.what === 'owner') card.owner = change.owner;
      if (change.what === 'phone') card.phone = change.phone;
      if (change.what === 'status') card.status = change.status;
      if (change.what === 'delete') card.isDeleted = true;
      if (change.what === 'restore') card.isDeleted = false;
      changed.add(name);
      const isLogged = change.what === 'owner';
      if (isLogged) log.push({ kind: card.kind, id: card.id, at: now(), shownAt: now() + lag });
      hooks.push({ body: hookOf(card, change), isLogged });
      return true;
    },
    crm: (request: Request) =>
      served('crm', request, async () => {
        const { pathname, searchParams } = new URL(request.url);
        const [, , , entity, id = ''] = pathname.split('/');
        if (entity === 'events') return events(searchParams);
        if (entity === 'users') return Response.json({ rights: { is_active: id !== LEFT } });
        const card = cards.get(`${entity === 'leads' ? 'deal' : 'contact'} ${id}`);
        return card ? contactOrDeal(card) : new Response(null, { status: 204 });
      }),
    chat: (request: Request) =>
      served('chat', request, async () => {
        const [, , entity = '', id] = new URL(request.url).pathname.split('/');
        if (entity === 'channels') return Response.json([{ transport: 'whatsapp' }]);
        const kind = entity === 'deals' ? 'deal' : 'contact';
        if (request.method === 'POST') {
          const [one] = v.parse(written, await request.json());
          write(`${kind} ${one?.id}`, one);
          return new Response(null, { status: 200 });
        }
        const name = `${kind} ${id}`;
        if (!chat.has(name)) return Response.json({ error: 'ENTITY_NOT_FOUND' }, { status: 404 });
        if (request.method === 'GET') return Response.json(chat.get(name));
        write(name, undefined);
        return new Response(null, { status: 200 });
      }),
  };
}

const sorted = (all: readonly string[]): string => all.toSorted().join();

/** In the CRM's spelling, where a new responsible of a contact comes as an update. */
function hookOf({ kind, id }: Card, { what }: Change): string {
  const action = what === 'delete' || what === 'restore' ? what : 'update';
  const special = what === 'owner' ? 'responsible' : what === 'status' ? 'status' : action;
  return kind === 'contact' ? `contacts[${action}][0][id]=${id}` : `leads[${special}][0][id]=${id}`;
}
