/** A CRM and a chat service for many accounts that answer at once and do nothing else. The token names the account. */
import { createServer } from 'node:http';

export type Office = {
  readonly origin: string;
  /** Makes a process of the server find it under the CRM's names. */
  readonly leads: string;
  readonly nextOwner: () => number;
  /** The client gets another responsible user in the CRM; resolves with the time when the chat service was updated. */
  readonly changes: (account: number, client: number, owner: number) => Promise<number>;
  readonly close: () => void;
};

export async function emulatedOffice(): Promise<Office> {
  const inCrm = new Map<string, number>();
  const inChat = new Map<string, number>();
  const awaited = new Map<string, (at: number) => void>();
  let owner = 1000;
  const contactOf = (id: string, owner: number) => ({
    id,
    responsibleUserId: String(owner),
    name: 'Anna',
    contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
    uri: `https://example.com/contacts/detail/${id}`,
  });
  const server = createServer((incoming, response) => {
    const account = incoming.headers.authorization?.slice('Bearer '.length) ?? '';
    const [, root, , entity, last = ''] = (incoming.url ?? '').split('?')[0]?.split('/') ?? [];
    const tell = (body: unknown): void =>
      void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (root === 'api' && entity === 'users') return tell({ rights: { is_active: true } });
    if (root === 'api')
      return tell({
        name: 'Anna',
        responsible_user_id: inCrm.get(`${account} ${last}`) ?? 1,
        custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7 916 000-00-01' }] }],
      });
    if (incoming.method === 'GET')
      return tell(contactOf(entity ?? '', inChat.get(`${account} ${entity}`) ?? 1));
    let text = '';
    incoming.on('data', part => (text += String(part)));
    incoming.once('end', () => {
      response.writeHead(200).end();
      const [, id = '', owner = ''] = /"id":"(\d+)","responsibleUserId":"(\d+)"/.exec(text) ?? [];
      const client = `${account} ${id}`;
      inChat.set(client, Number(owner));
      if (inCrm.get(client) !== Number(owner)) return;
      awaited.get(client)?.(performance.now());
    });
  });
  const origin = await new Promise<string>(resolve =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    }),
  );
  const program = `const before = fetch; globalThis.fetch = asked => {
    const { hostname, pathname, search } = new URL(asked.url);
    return hostname.endsWith('.crm.invalid') ? before(new Request('${origin}' + pathname + search, asked)) : before(asked);
  };`;
  return {
    origin,
    leads: `--import=data:text/javascript,${encodeURIComponent(program)}`,
    nextOwner: () => (owner += 1),
    changes(account, client, to) {
      const name = `f${account} ${client}`;
      inCrm.set(name, to);
      return new Promise(resolve => awaited.set(name, resolve));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
