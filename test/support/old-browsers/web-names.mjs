/**
 * Names of the web's interfaces, and which of the supported browsers lack what they stand for. Without types a name is
 * all there is to go by: what only new things are called is new, and what something old is called as well is let pass.
 */
import { compat, lackedBy } from './compat.mjs';

const { api, html, javascript } = compat;
const { Intl, ...builtins } = javascript.builtins;
const EVERYWHERE = [];

const compatOf = feature => feature?.__compat;
const lackOf = feature => (compatOf(feature) ? lackedBy(compatOf(feature)) : null);
const entriesOf = features => Object.entries(features ?? {}).filter(([, feature]) => compatOf(feature));
const interfaceOf = name => (Object.hasOwn(builtins, name) ? builtins[name] : undefined) ?? api[name];

/** Variables of every page → the interface of what they hold. */
const HELD = {
  window: 'Window',
  self: 'Window',
  globalThis: 'Window',
  navigator: 'Navigator',
  document: 'Document',
  location: 'Location',
  history: 'History',
  performance: 'Performance',
  crypto: 'Crypto',
  screen: 'Screen',
  localStorage: 'Storage',
  sessionStorage: 'Storage',
};

/** Adds to a list of lacks under a name. */
function put(names, name, lack) {
  names.set(name, [...(names.get(name) ?? []), lack]);
}

const isInterface = ([name]) => /^[A-Z]/.test(name);
/** What an interface brings that is lacking itself can only be reached through it; iterators are everywhere. */
const isReached = ([name, feature]) => name === 'Iterator' || lackOf(feature)?.length === 0;
/** There is one of these, and scripts reach it by its own name. */
const isOne = ([name]) => name !== 'Document' && Object.values(HELD).includes(name);
/** What one maker alone ever had is in nobody's way. */
const isStandard = feature => compatOf(feature).status?.standard_track !== false;

const members = new Map();
const events = new Map();
for (const one of [...entriesOf(builtins), ...entriesOf(api).filter(isInterface)].filter(isReached)) {
  for (const [name, member] of entriesOf(one[1]).filter(([, each]) => isStandard(each))) {
    const event = /^(.+)_event$/.exec(name)?.[1];
    if (event) put(events, event, lackOf(member));
    else if (!name.endsWith('_static') && !isOne(one)) put(members, name, lackOf(member));
  }
}

/** Lacking only where nothing of that name is everywhere. */
const agreed = lacks =>
  lacks?.every(lack => lack.length > 0) ? [...new Set(lacks.flat())] : (lacks && EVERYWHERE) || null;

/** Names of methods that our own objects have as well. The compiler tells these apart: see widget/tsconfig.json. */
const OUR_OWN = new Set(['drop', 'take', 'toArray', 'union', 'escape', 'handle']);

/** Which browsers lack a member of something unknown; `null` for a name that nothing of the web's has. */
export function lackingMember(name, isCalled) {
  // Words of everyday speech are the names of too much else, unless they are called.
  const isTelling = isCalled || /[a-z][A-Z]/.test(name);
  return isTelling && !OUR_OWN.has(name) ? agreed(members.get(name)) : null;
}

/** The same of a member of a global, as in `URL.canParse` or `navigator.locks`; `null` when it is not the web's. */
export function lackingOn(owner, name) {
  const held = HELD[owner];
  if (held === 'Window') return lackingGlobal(name) ?? lackOf(api.Window[name]);
  if (held) return lackOf(api[held][name]);
  if (owner === 'Intl') return lackOf(Intl[name]);
  const known = interfaceOf(owner);
  return known ? lackOf(known[`${name}_static`] ?? known[name]) : null;
}

export function lackingGlobal(name) {
  return (
    lackOf(interfaceOf(name)) ??
    lackOf(javascript.functions?.[name]) ??
    lackOf(api.Window[name]) ??
    lackOf(api[`${name}_static`]) ??
    null
  );
}

export const lackingEvent = name => agreed(events.get(name));

export const lackingSelector = name => lackOf(compat.css.selectors[name]);

export const isElement = tag => typeof tag === 'string' && Object.hasOwn(html.elements, tag);

/** An attribute of an element; `tag` is undefined where it is not known. */
export function lackingAttribute(tag, name) {
  const own = lackOf(html.elements[tag]?.[name]);
  return own ?? lackOf(html.global_attributes[name]);
}

/** Methods of iterators, which are named like those of arrays. */
export const ITERATOR_METHODS = new Map(
  entriesOf(builtins.Iterator).map(([name, one]) => [name, lackOf(one)]),
);
export const SET_METHODS = new Map(entriesOf(builtins.Set).map(([name, one]) => [name, lackOf(one)]));
