/**
 * Names of web interfaces, and the supported browsers that lack them. Without types, only the name can be checked: a
 * name that only new features have is reported; one that an old feature has as well is not.
 */
import { compat, lackedBy } from './compat.mjs';

const { api, html, javascript } = compat;
const { Intl, ...builtins } = javascript.builtins;
const EVERYWHERE = [];

const compatOf = feature => feature?.__compat;
const lackOf = feature => (compatOf(feature) ? lackedBy(compatOf(feature)) : null);
const entriesOf = features => Object.entries(features ?? {}).filter(([, feature]) => compatOf(feature));
const interfaceOf = name => (Object.hasOwn(builtins, name) ? builtins[name] : undefined) ?? api[name];

/** The interface of each global variable's value. */
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
/**
 * Members of a missing interface can be reached only through it, so they are not listed; iterators are an exception,
 * because they exist everywhere.
 */
const isReached = ([name, feature]) => name === 'Iterator' || lackOf(feature)?.length === 0;
/** Interfaces with a single instance, which scripts access by its own name. */
const isOne = ([name]) => name !== 'Document' && Object.values(HELD).includes(name);
/** A non-standard feature of a single vendor is ignored. */
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

/** Lacking only if no feature of that name exists everywhere. */
const agreed = lacks =>
  lacks?.every(lack => lack.length > 0) ? [...new Set(lacks.flat())] : (lacks && EVERYWHERE) || null;

/** Names of methods that our own objects have as well. The compiler distinguishes these: see widget/tsconfig.json. */
const OUR_OWN = new Set(['drop', 'take', 'toArray', 'union', 'escape', 'handle']);

/**
 * The browsers that lack a member of a value of unknown type; `null` for a name that is not part of the web platform.
 */
export function lackingMember(name, isCalled) {
  // Ordinary words are common as names of other things, so they count only when they are called.
  const isTelling = isCalled || /[a-z][A-Z]/.test(name);
  return isTelling && !OUR_OWN.has(name) ? agreed(members.get(name)) : null;
}

/**
 * The same for a member of a global, as in `URL.canParse` or `navigator.locks`; `null` if it is not part of the web
 * platform.
 */
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

/** An attribute of an element; `tag` is undefined if unknown. */
export function lackingAttribute(tag, name) {
  const own = lackOf(html.elements[tag]?.[name]);
  return own ?? lackOf(html.global_attributes[name]);
}

/** Methods of iterators, which have the same names as those of arrays. */
export const ITERATOR_METHODS = new Map(
  entriesOf(builtins.Iterator).map(([name, one]) => [name, lackOf(one)]),
);
export const SET_METHODS = new Map(entriesOf(builtins.Set).map(([name, one]) => [name, lackOf(one)]));
