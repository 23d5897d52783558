/** What the browsers named in package.json lack, according to MDN's browser compatibility data. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const compat = createRequire(import.meta.url)('@mdn/browser-compat-data');

const { browserslist } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** The oldest supported version of each browser, by MDN's name. */
export const OLDEST = new Map(browserslist.map(one => one.split(' ')));

const numbers = version => version.replace('≤', '').split('.').map(Number);
/** Whether a version equals the other one or precedes it. */
function isUpTo(version, other) {
  const [these, those] = [numbers(version), numbers(other)];
  const at = those.findIndex((number, place) => (these[place] ?? 0) !== number);
  return at === -1 || (these[at] ?? 0) < those[at];
}

/** A feature behind a flag, a prefix or another name does not count. */
const isPlain = ({ flags, prefix, alternative_name }) => !flags && !prefix && !alternative_name;

function isThere(supports, version) {
  return [supports ?? []].flat().some(({ version_added: added, version_removed: removed, ...how }) => {
    const isAdded = typeof added === 'string' && added !== 'preview' && isUpTo(added, version);
    return isAdded && isPlain(how) && !(typeof removed === 'string' && isUpTo(removed, version));
  });
}

/** Names and versions of the supported browsers that lack a feature. */
export const lackedBy = ({ support }) =>
  [...OLDEST]
    .filter(([browser, version]) => !isThere(support[browser], version))
    .map(([browser, version]) => `${compat.browsers[browser].name} ${version}`);

/** "Chrome 109, Edge 109 lack URL.canParse." */
export const sentence = (browsers, feature) =>
  `${browsers.join(', ')} ${browsers.length === 1 ? 'lacks' : 'lack'} ${feature}.`;
