/** Rules about what the marketplace prints: the name, the two descriptions, and the links in them. */
import { existsSync } from 'node:fs';
import { textOf, withValue, type Archive, type Rule } from './rule.ts';

/** Printed text of one language, by its key in the section `widget`. */
type Printed = {
  readonly locale: string;
  readonly name: string;
  readonly short_description: string;
  readonly description: string;
  readonly tour_description: string;
};

const printed = (archive: Archive): readonly Printed[] =>
  [...archive.files.keys()].flatMap(path => {
    const locale = /^i18n\/(.+)\.json$/.exec(path)?.[1];
    return locale ? [{ ...JSON.parse(textOf(archive, path)).widget, locale }] : [];
  });

/** What a person reads of a text with markup in it. */
const visible = (html: string): string => html.replaceAll(/<[^>]*>/g, '');
const links = (html: string): readonly string[] => html.match(/<a\b[^>]*>/g) ?? [];
const where = (archive: Archive, isBroken: (one: Printed) => boolean): readonly string[] =>
  printed(archive)
    .filter(isBroken)
    .map(({ locale }) => locale);
const saying =
  (key: keyof Printed, text: string) =>
  (archive: Archive): Archive =>
    withValue(archive, 'i18n/en.json', ['widget', key], text);

const PROJECT = 'https://github.com/crm-chat-roles/crm-chat-roles/blob/main/';

export const WORD_RULES: readonly Rule[] = [
  {
    name: 'the name has at most 30 characters',
    breaches: archive => where(archive, ({ name }) => name.length > 30),
    broken: saying('name', 'Chat roles for everybody via Wazzup'),
  },
  {
    name: 'no word of the name has more than 19 characters',
    breaches: archive => where(archive, ({ name }) => name.split(/\s+/).some(word => word.length > 19)),
    broken: saying('name', 'Chatrolesforeverybody via Wazzup'),
  },
  {
    name: 'the name says through whom, as Kommo asks',
    breaches: archive =>
      archive.marketplace === 'kommo' ? where(archive, ({ name }) => !/ v[ií]a Wazzup$/.test(name)) : [],
    broken: archive => saying('name', 'Chat roles')({ ...archive, marketplace: 'kommo' }),
  },
  {
    name: 'no text borrows the CRM’s own name',
    breaches: archive => where(archive, words => /kommo|amocrm/i.test(Object.values(words).join(' '))),
    broken: saying('name', 'Kommo roles via Wazzup'),
  },
  {
    name: 'the short description has at most 50 characters',
    breaches: archive => where(archive, words => words.short_description.length > 50),
    broken: saying('short_description', 'x'.repeat(51)),
  },
  {
    name: 'the description has at most 400 characters',
    breaches: archive => where(archive, words => visible(words.description).length > 400),
    broken: saying('description', 'x'.repeat(401)),
  },
  {
    name: 'links open in a window of their own and name no referrer',
    breaches: archive =>
      where(archive, ({ description }) =>
        links(description).some(
          link => !(link.includes(' target="_blank"') && link.includes(' referrerpolicy="no-referrer"')),
        ),
      ),
    broken: saying('description', '<a href="https://example.com">more</a>'),
  },
  {
    name: 'the description leads to a privacy policy in its own language that exists',
    breaches: archive =>
      where(archive, ({ locale, description }) => {
        const path = `widget/package/privacy/${locale}.md`;
        return !description.includes(`href="${PROJECT}${path}"`) || !existsSync(path);
      }),
    broken: saying('description', 'No link'),
  },
  {
    name: 'the description holds no markup but links',
    breaches: archive => where(archive, ({ description }) => /<(?!\/?a\b)/.test(description)),
    broken: saying('description', '<script>1</script>'),
  },
];
