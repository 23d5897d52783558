/**
 * Writing to a client, in Wazzup's words. Sources: its pages on sending messages and on templates; the parts of a
 * template are WhatsApp's own and are read leniently.
 */
import { array, nullish, optional, string, unknown, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import type { Channel } from '../../domain/channel.ts';
import { Failure } from '../../http/failure.ts';
import type { Client } from '../../http/client.ts';
import {
  ALREADY_SENT,
  KEY_REFUSED,
  type Chat,
  type Outgoing,
  type SendProblem,
  type Template,
} from '../chat.ts';

const PAGE = 100;
/** A bound against a service that never stops handing out pages. */
const MOST_PAGES = 20;

const templatePage = array(
  object({
    templateGuid: string(),
    title: nullish(string()),
    name: nullish(string()),
    status: optional(string(), ''),
    components: nullish(array(object({ type: optional(string(), ''), text: optional(unknown()) }))),
  }),
);

export const messagesThrough = (ask: Client): Pick<Chat, 'templates' | 'send'> => ({
  async templates() {
    const templates: Template[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { value } = await ask({
        method: 'GET',
        path: '/v3/templates/whatsapp',
        query: { limit: PAGE, offset: page * PAGE },
        schema: templatePage,
      });
      templates.push(...(value ?? []).map(templateFrom));
      if (!value || value.length < PAGE) break;
    }
    return templates;
  },
  async send({ channel, number, content, authorId, clientId }) {
    await ask({
      method: 'POST',
      path: '/v3/message',
      body: {
        channelId: channel.id,
        ...addressee(channel, number),
        ...content,
        crmUserId: authorId,
        crmMessageId: clientId,
      },
    }).catch(explainRefusal);
  },
});

/** The service's codes without underscores and in lower case: its pages and its answers differ in both. */
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

/** The service does not know itself what went wrong, so the message may be out. */
const UNEXPLAINED = 'unknownerror';

function explainRefusal(thrown: unknown): never {
  if (!(thrown instanceof Failure)) throw thrown;
  const word = thrown.reason?.replaceAll('_', '').toLowerCase() ?? '';
  if (word === UNEXPLAINED) throw new Failure('down', 'chat', thrown.reason);
  const reason = REASONS.get(word);
  throw reason ? new Failure('refused', 'chat', reason) : thrown;
}

/** Values to fill in are written {{1}} by WhatsApp and [[name]] by Wazzup. */
const BLANK = /\{\{.*?\}\}|\[\[.*?\]\]/;

function templateFrom(template: InferOutput<typeof templatePage>[number]): Template {
  const texts = (template.components ?? []).flatMap(({ type, text }) =>
    typeof text === 'string' ? [{ type: type.toLowerCase(), text }] : [],
  );
  return {
    id: template.templateGuid,
    name: template.title || template.name || template.templateGuid,
    text: texts.find(({ type }) => type === 'body')?.text ?? '',
    approved: template.status.toLowerCase() === 'approved',
    hasBlanks: texts.some(({ text }) => BLANK.test(text)),
  };
}

/** The id of a WhatsApp chat is the number; Telegram's is known only after the first message. */
const addressee = ({ messenger }: Channel, number: Outgoing['number']): object =>
  messenger === 'telegram'
    ? { chatType: 'telegram', phone: number }
    : { chatType: 'whatsapp', chatId: number };
