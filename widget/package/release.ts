/** Finds content that must not be published in a package: placeholder addresses, or a missing server address. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HUB } from './pages.ts';

/** The description links to these texts, so they are published with the package. */
const PRIVACY = 'widget/package/privacy';
const MANIFEST = 'manifest.json';

/** Reserved names (RFC 2606, RFC 6761) at the end of a mail address or of a host name. */
const PLACEHOLDER =
  /[\w.+-]+@(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)\b(?![.-]\w)|https?:\/\/(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)\b(?![.-]\w)/i;

/** One sentence per fault, with the field and the file to correct. */
export function releaseFaults(root: string, chatUrl: string): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(root, MANIFEST), 'utf8'));
  const hub: unknown = JSON.parse(readFileSync(join(root, HUB), 'utf8'));
  const texts = readdirSync(join(root, PRIVACY)).filter(name => name.endsWith('.md'));
  return [
    ...serverFaults(chatUrl),
    ...fieldsOf(manifest, []).flatMap(([field, text]) => faultIn(MANIFEST, field, text)),
    ...fieldsOf(hub, []).flatMap(([field, text]) => faultIn(HUB, field, text)),
    ...texts.toSorted().flatMap(name => linesOf(root, `${PRIVACY}/${name}`)),
  ];
}

function serverFaults(chatUrl: string): readonly string[] {
  if (chatUrl === '')
    return ['CHAT_URL is not set, so each admin would have to type the address of the server.'];
  const placeholder = placeholderIn(chatUrl);
  return placeholder === null ? [] : [`CHAT_URL is ${placeholder}, which is a placeholder.`];
}

function linesOf(root: string, path: string): readonly string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  return lines.flatMap((line, at) => faultIn(path, `line ${at + 1}`, line));
}

function faultIn(file: string, field: string, text: string): readonly string[] {
  const placeholder = placeholderIn(text);
  return placeholder === null ? [] : [`${file}: ${field} has ${placeholder}, which is a placeholder.`];
}

const placeholderIn = (text: string): string | null => PLACEHOLDER.exec(text)?.[0] ?? null;

/** Every text in the value, with the path of names to it. */
function fieldsOf(
  value: unknown,
  path: readonly string[],
): readonly (readonly [field: string, text: string])[] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, [...path, name]));
}
