/** Rules about the archive itself: which files, where, and how their text is written. */
import { picturesOf, readManifest } from '../../../../widget/package/marketplace.ts';
import { allScripts, textOf, withFile, withoutFile, type Archive, type Rule } from './rule.ts';

const TEXT = /\.(js|json|css|twig|svg)$/;
const textFiles = ({ files }: Archive): readonly (readonly [string, Uint8Array])[] =>
  [...files].filter(([path]) => TEXT.test(path));

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Every file that somebody asks for: the CRM by its name, the manifest, or one of our scripts. */
function askedFor(archive: Archive): ReadonlySet<string> {
  const manifest = readManifest(textOf(archive, 'manifest.json'));
  const required = allScripts(archive).flatMap(path =>
    [...textOf(archive, path).matchAll(/"\.\/(?<file>[\w.-]+\.js)"/g)].flatMap(
      ({ groups }) => groups?.['file'] ?? [],
    ),
  );
  return new Set([
    'manifest.json',
    'script.js',
    'LICENSES.txt',
    ...required,
    ...manifest.widget.locale.map(locale => `i18n/${locale}.json`),
    ...picturesOf(manifest),
  ]);
}

export const ARCHIVE_RULES: readonly Rule[] = [
  {
    name: 'manifest.json and script.js lie at the root',
    breaches: ({ files }) => ['manifest.json', 'script.js'].filter(path => !files.has(path)),
    broken: archive => withoutFile(archive, 'script.js'),
  },
  {
    name: 'no file is missing',
    breaches: archive => [...askedFor(archive)].filter(path => !archive.files.has(path)),
    broken: archive => withoutFile(archive, 'images/logo_min.png'),
  },
  {
    name: 'no file is left over',
    breaches: archive => {
      const asked = askedFor(archive);
      return [...archive.files.keys()].filter(path => !asked.has(path));
    },
    broken: archive => withFile(archive, 'old.js', 'define([], function () {});'),
  },
  {
    name: 'text is UTF-8',
    breaches: archive => textFiles(archive).flatMap(([path, bytes]) => (isUtf8(bytes) ? [] : path)),
    broken: archive => withFile(archive, 'i18n/en.json', Uint8Array.of(0x22, 0xe9, 0x22)),
  },
  {
    name: 'text has no byte order mark',
    breaches: archive => textFiles(archive).flatMap(([path, bytes]) => (bytes[0] === 0xef ? path : [])),
    broken: archive => withFile(archive, 'i18n/en.json', `\u{FEFF}${textOf(archive, 'i18n/en.json')}`),
  },
  {
    name: 'lines end with LF',
    breaches: archive => textFiles(archive).flatMap(([path, bytes]) => (bytes.includes(13) ? path : [])),
    broken: archive => withFile(archive, 'script.js', textOf(archive, 'script.js').replaceAll('\n', '\r\n')),
  },
  {
    name: 'every script is an anonymous AMD module',
    breaches: archive =>
      allScripts(archive).filter(path => !textOf(archive, path).startsWith('define(["require"')),
    broken: archive =>
      withFile(archive, 'script.js', textOf(archive, 'script.js').replace('define([', 'define("name", [')),
  },
];
