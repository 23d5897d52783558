/**
 * Finds features in a script that supported browsers lack: globals and their members, methods that only new interfaces
 * have, events, attributes, syntax. A feature that the script tests for before use does not count. A visitor of ESTree
 * nodes with parents, for the linter and for built scripts.
 */
import { compat, lackedBy, sentence } from './compat.mjs';
import { isLookedFor, isReference, nameOf, namesDeclaredIn } from './syntax.mjs';
import {
  ITERATOR_METHODS,
  lackingAttribute,
  lackingEvent,
  lackingGlobal,
  lackingMember,
  isElement,
  lackingOn,
  lackingSelector,
  SET_METHODS,
} from './web-names.mjs';

const { builtins, regular_expressions: regular } = compat.javascript;
const LACKS_FLAG_V = lackedBy(builtins.RegExp.unicodeSets.__compat);
const LACKS_MODIFIERS = lackedBy(regular.modifier.__compat);
const LACKS_USING = lackedBy(compat.javascript.statements.using.__compat);

const SELECTS = new Set(['querySelector', 'querySelectorAll', 'matches', 'closest']);

/** `report` is called with the node and a sentence. */
export function lackingVisitor(report) {
  let declared = new Set();
  const isGlobal = node => node.type === 'Identifier' && !declared.has(node.name);

  const tell = (node, browsers, feature, name) => {
    if (browsers?.length > 0 && !isLookedFor(node, name)) report(node, sentence(browsers, feature));
  };
  const attribute = (node, tag, name) => {
    const event = /^on([A-Z]\w*)$/
      .exec(name)?.[1]
      ?.replace(/Capture$/, '')
      .toLowerCase();
    if (event) tell(node, lackingEvent(event), `the event "${event}"`, event);
    else tell(node, lackingAttribute(tag, name.toLowerCase()), `the attribute "${name}"`, name);
  };

  return {
    Program(node) {
      declared = namesDeclaredIn(node);
    },
    Identifier(node) {
      if (isGlobal(node) && isReference(node)) tell(node, lackingGlobal(node.name), node.name, node.name);
    },
    MemberExpression(node) {
      const name = nameOf(node);
      if (name === null) return;
      const { object, parent } = node;
      const isCalled = parent.type === 'CallExpression' && parent.callee === node;
      const onGlobal = isGlobal(object) ? lackingOn(object.name, name) : null;
      if (onGlobal) tell(node, onGlobal, `${object.name}.${name}`, name);
      else if (isCalled && isIterator(object))
        tell(node, ITERATOR_METHODS.get(name), `${name}() of iterators`, name);
      else if (isCalled && isNewSet(object)) tell(node, SET_METHODS.get(name), `${name}() of sets`, name);
      else if (isSet(node)) tell(node, lackingAttribute(undefined, name.toLowerCase()), `.${name}`, name);
      else tell(node, lackingMember(name, isCalled), `.${name}`, name);
    },
    CallExpression({ callee, arguments: [first, second] }) {
      const called = callee.type === 'MemberExpression' ? nameOf(callee) : callee.name;
      if (called === 'addEventListener' && first?.type === 'Literal')
        tell(first, lackingEvent(first.value), `the event "${first.value}"`, first.value);
      if (SELECTS.has(called) && typeof first?.value === 'string') {
        for (const [pseudo, name] of first.value.matchAll(/::?([a-z-]+)/g))
          tell(first, lackingSelector(name), pseudo, pseudo);
      }
      if (called === 'setAttribute' && first?.type === 'Literal') attribute(first, undefined, first.value);
      // The compiled form of JSX, and functions that create elements the same way.
      if (!isTag(first) || second?.type !== 'ObjectExpression') return;
      for (const { type, key } of second.properties) {
        if (type === 'Property') attribute(key, first.value, String(key.name ?? key.value));
      }
    },
    JSXAttribute(node) {
      const tag = node.parent.name.name;
      // Components begin with a capital letter and accept any attributes.
      if (/^[a-z]/.test(tag ?? '') && node.name.type === 'JSXIdentifier')
        attribute(node, tag, node.name.name);
    },
    Literal(node) {
      if (!node.regex) return;
      if (node.regex.flags.includes('v')) report(node, sentence(LACKS_FLAG_V, 'the flag "v"'));
      if (/\(\?[ims-]+:/.test(node.regex.pattern))
        report(node, sentence(LACKS_MODIFIERS, '(?i:…) in expressions'));
    },
    VariableDeclaration(node) {
      if (node.kind.endsWith('using')) report(node, sentence(LACKS_USING, `"${node.kind}"`));
    },
  };
}

/** What `map.values()` and similar calls return, unlike `Object.values(record)`, which returns an array. */
const isIterator = ({ type, callee }) =>
  type === 'CallExpression' &&
  callee.type === 'MemberExpression' &&
  ['values', 'keys', 'entries', 'matchAll'].includes(nameOf(callee)) &&
  callee.object.name !== 'Object';

const isNewSet = ({ type, callee }) => type === 'NewExpression' && callee.name === 'Set';

const isTag = node => node?.type === 'Literal' && isElement(node.value);

const isSet = node => node.parent.type === 'AssignmentExpression' && node.parent.left === node;
