/**
 * Messages to a client, in Wazzup's terms. Sources: its pages on sending messages and on templates. The parts of a
 * template are WhatsApp's own and are parsed leniently.
 */
import { optional, unknown, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import { isBlank } from '../../../domain/blank.ts';
import type { Channel } from '../../../domain/channel.ts';
import { wellFormed } from '../../../domain/cut.ts';
import { Failure } from '../../http/failure.ts';
import type { Client } from '../../http/client.ts';
import { id, words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { readPages } from '../../http/pages.ts';
import { listOf } from './wire.ts';
import {
  ALREADY_SENT,
  KEY_REFUSED,
  type Chat,
  type Outgoing,
  type SendProblem,
  type Template,
} from '../chat.ts';
import { WRITE_PATIENCE_MS } from './wire.ts';

const PAGE = 100;
/** A limit in case the service never stops returning pages. */
const MOST_PAGES = 20;

const templateRecord = object({
  templateGuid: id,
  title: words,
  name: words,
  status: words,
  components: listed(object({ type: words, text: optional(unknown()) })),
});

export const messagesThrough = (ask: Client): Pick<Chat, 'templates' | 'send'> => ({
  async templates() {
    return readPages({
      async read({ offset }) {
        const { value } = await ask({
          method: 'GET',
          path: '/v3/templates/whatsapp',
          query: { limit: PAGE, offset },
          schema: listOf(templateRecord),
        });
        const { items, notUnderstood } = value ?? { items: [], notUnderstood: 0 };
        const hasMore = items.length + notUnderstood >= PAGE;
        return { items: items.map(templateFrom), notUnderstood, hasMore };
      },
      keyOf: one => one.id,
      most: MOST_PAGES,
    });
  },
  async send({ channel, number, content, authorId, clientId }) {
    await ask({
      method: 'POST',
      path: '/v3/message',
      body: {
        channelId: channel.id,
        ...addressee(channel, number),
        ...('text' in content ? { text: wellFormed(content.text) } : content),
        crmUserId: authorId,
        crmMessageId: clientId,
      },
      patienceMs: WRITE_PATIENCE_MS,
    }).catch(explainRefusal);
  },
});

/** The service's codes without underscores and in lower case, because its pages and its answers differ in both. */
const REASONS: ReadonlyMap<string, SendProblem | typeof ALREADY_SENT> = new Map([
  ['repeatedcrmmessageid', ALREADY_SENT],
  ['channelnotfound', 'channel-gone'],
  ['channelblocked', 'channel-blocked'],
  ['channelnomoney', 'channel-unpaid'],
  ['channellimitexceeded', 'channel-limit'],
  ['messagechannelunavailable', 'channel-unavailable'],
  ['messagesnottextfirst', 'not-first'],
  ['messagesisspam', 'spam'],
  ['badcontact', 'bad-contact'],
  ['wrongtransport', 'wrong-messenger'],
  ['balanceisempty', 'no-balance'],
  ['channelwapirejected', 'waba-rejected'],
  ['templaterejected', 'template-rejected'],
  ['chatnoaccess', 'no-access'],
  ['invalidmessagedata', 'bad-message'],
  [KEY_REFUSED, 'key-refused'],
]);

/** The service does not know what went wrong, so the message may have been sent. */
const UNEXPLAINED = 'unknownerror';

function explainRefusal(thrown: unknown): never {
  if (!(thrown instanceof Failure)) throw thrown;
  const word = thrown.reason?.replaceAll('_', '').toLowerCase() ?? '';
  if (word === UNEXPLAINED) throw new Failure('down', 'chat', { reason: thrown.reason, cause: thrown });
  const reason = REASONS.get(word);
  throw reason ? new Failure('refused', 'chat', { reason, cause: thrown }) : thrown;
}

/** Placeholders are written {{1}} by WhatsApp and [[name]] by Wazzup. */
const BLANK = /\{\{.*?\}\}|\[\[.*?\]\]/;

function templateFrom(template: InferOutput<typeof templateRecord>): Template {
  const texts = template.components.items.flatMap(({ type, text }) =>
    typeof text === 'string' ? [{ type: type.toLowerCase(), text }] : [],
  );
  return {
    id: template.templateGuid,
    name: [template.title, template.name].find(name => !isBlank(name)) ?? '',
    text: texts.find(({ type }) => type === 'body')?.text ?? '',
    approved: template.status.toLowerCase() === 'approved',
    hasBlanks: texts.some(({ text }) => BLANK.test(text)),
  };
}

/** The id of a WhatsApp chat is the phone number. The id of a Telegram chat is known only after the first message. */
const addressee = ({ messenger }: Channel, number: Outgoing['number']): object =>
  messenger === 'telegram'
    ? { chatType: 'telegram', phone: number }
    : { chatType: 'whatsapp', chatId: number };
