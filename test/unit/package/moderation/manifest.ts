/** Rules about manifest.json and the words that it names. */
import { textOf, withFile, withValue, type Archive, type Rule } from './rule.ts';

type Json = Readonly<Record<string, unknown>>;

const json = (archive: Archive, path: string): Json => JSON.parse(textOf(archive, path) || '{}');
const at = (content: unknown, key: string): unknown =>
  key.split('.').reduce((section: unknown, name) => Reflect.get(Object(section), name), content);
const manifest = (archive: Archive, key: string): unknown => at(json(archive, 'manifest.json'), key);
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const locales = (archive: Archive): readonly string[] => list(manifest(archive, 'widget.locale'));
const broken =
  (key: string, value: unknown) =>
  (archive: Archive): Archive =>
    withValue(archive, 'manifest.json', key.split('.'), value);

/** Kommo's own, from its manifest page. */
const KOMMO_LOCALES = new Set(['en', 'es', 'pt', 'tr', 'id']);

/** What a location needs to see in our code, so that no location is named that shows nothing. */
const LOCATIONS: Readonly<Record<string, RegExp>> = {
  settings: /\bsettings\(/,
  'ccard-1': /render_template/,
  'lcard-1': /"leads"/,
  'clist-1': /\bcontacts: \{\s*selected\b/,
};

const WORDED = ['widget.name', 'widget.description', 'widget.short_description', 'tour.tour_description'];
const fieldsOf = (archive: Archive): readonly string[] =>
  Object.values(Object(manifest(archive, 'settings'))).map(field => String(at(field, 'name')));
const keysOf = (archive: Archive): readonly string[] => [
  ...WORDED.map(key => String(manifest(archive, key))),
  ...fieldsOf(archive),
];

export const MANIFEST_RULES: readonly Rule[] = [
  {
    name: 'the interface is version 2',
    breaches: archive => (manifest(archive, 'widget.interface_version') === 2 ? [] : ['interface_version']),
    broken: broken('widget.interface_version', 1),
  },
  {
    name: 'the version is three numbers',
    breaches: archive =>
      /^\d+\.\d+\.\d+$/.test(String(manifest(archive, 'widget.version'))) ? [] : ['version'],
    broken: broken('widget.version', '1'),
  },
  {
    name: 'an instance lives as long as its page',
    breaches: archive => (manifest(archive, 'widget.init_once') === false ? [] : ['init_once']),
    broken: broken('widget.init_once', 'N'),
  },
  {
    name: 'installing shows a form, and the form has a field that may stay empty',
    breaches: archive =>
      manifest(archive, 'widget.installation') === true &&
      fieldsOf(archive).length > 0 &&
      manifest(archive, 'settings.custom.required') === false
        ? []
        : ['settings'],
    broken: broken('settings.custom.required', true),
  },
  {
    name: 'support has an address on the web and one for mail',
    breaches: archive => [
      ...(/^https:\/\/\S+$/.test(String(manifest(archive, 'widget.support.link'))) ? [] : ['link']),
      ...(/^\S+@\S+\.\S+$/.test(String(manifest(archive, 'widget.support.email'))) ? [] : ['email']),
    ],
    broken: broken('widget.support', {}),
  },
  {
    name: 'languages are those of the i18n files, one to one',
    breaches: archive => {
      const brought = [...archive.files.keys()].flatMap(path => /^i18n\/(.+)\.json$/.exec(path)?.[1] ?? []);
      return [...new Set([...brought, ...locales(archive)])].filter(
        locale => !brought.includes(locale) || !locales(archive).includes(locale),
      );
    },
    broken: archive => withFile(archive, 'i18n/fr.json', '{}'),
  },
  {
    name: 'languages are ones that the marketplace has',
    breaches: archive =>
      locales(archive).filter(locale => archive.marketplace === 'kommo' && !KOMMO_LOCALES.has(locale)),
    broken: archive => broken('widget.locale', ['en', 'ru'])({ ...archive, marketplace: 'kommo' }),
  },
  {
    name: 'locations are shown in, each once, silent or visible but not both',
    breaches: archive => {
      const named = list(manifest(archive, 'locations'));
      const code = [...archive.files.keys()]
        .filter(path => path.endsWith('.js'))
        .map(path => textOf(archive, path))
        .join('\n');
      return [
        ...named.filter(location => !LOCATIONS[location]?.test(code)),
        ...named.filter(
          (one, place) => named.findIndex(other => other.split('-')[0] === one.split('-')[0]) !== place,
        ),
      ];
    },
    broken: broken('locations', ['settings', 'ccard-0', 'ccard-1', 'comcard-1']),
  },
  {
    name: 'every name it gives is a text in every language',
    breaches: archive =>
      locales(archive).flatMap(locale => {
        const words = json(archive, `i18n/${locale}.json`);
        return keysOf(archive)
          .filter(key => typeof at(words, key) !== 'string' || at(words, key) === '')
          .map(key => `${locale}: ${key}`);
      }),
    broken: archive => withValue(archive, 'i18n/en.json', ['widget', 'tour_description'], undefined),
  },
  {
    name: 'the tour has one to five pictures in every language',
    breaches: archive =>
      manifest(archive, 'tour.is_tour') === true
        ? locales(archive).filter(locale => {
            const { length } = list(manifest(archive, `tour.tour_images.${locale}`));
            return length < 1 || length > 5;
          })
        : ['is_tour'],
    broken: broken('tour.tour_images.en', []),
  },
  {
    name: 'no secret is in it',
    breaches: archive =>
      ['code', 'secret_key'].filter(key => manifest(archive, `widget.${key}`) !== undefined),
    broken: broken('widget.secret_key', 'x'),
  },
];
