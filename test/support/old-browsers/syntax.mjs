/** What the structure of a script shows: the names it declares, and what it tests for before use. */

/** The child nodes of a node. */
export const childrenOf = node =>
  Object.entries(node)
    .filter(([key]) => key !== 'parent')
    .flatMap(([, value]) => value)
    .filter(value => typeof value === 'object' && value !== null && typeof value.type === 'string');

/** The name of a member if it is literal: `a.name`, `a['name']`. */
export function nameOf({ computed, property }) {
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

/** Every name declared anywhere in the program, whatever its scope. */
export function namesDeclaredIn(program) {
  const names = new Set();
  const declare = pattern => {
    if (pattern?.type === 'Identifier') names.add(pattern.name);
    else if (pattern?.type === 'Property') declare(pattern.value);
    else if (pattern?.type === 'AssignmentPattern') declare(pattern.left);
    else if (pattern) childrenOf(pattern).forEach(declare);
  };
  const visit = node => {
    if (node.type === 'VariableDeclarator') declare(node.id);
    if (/^(Import\w*Specifier|.*(Function|Class)(Declaration|Expression)|CatchClause)$/.test(node.type))
      [node.local, node.id, node.param].forEach(declare);
    if (/Function/.test(node.type)) (node.params.items ?? node.params).forEach(declare);
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return names;
}

/** Whether an identifier refers to a value, and is not a key, a label or a type. */
export function isReference(node) {
  const { parent } = node;
  if (/^(TS|Import|Export|JSX|Label|Break|Continue|Meta)/.test(parent.type)) return false;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent.type))
    return parent.value === node || parent.computed;
  return true;
}

const mentions = (node, name) =>
  node.name === name || node.value === name || childrenOf(node).some(child => mentions(child, name));

/**
 * Whether the script tests for the feature, or continues only if it exists. Tests are its name in a condition,
 * `typeof`, `in`, `?.` and `??`.
 */
export function isLookedFor(node, name) {
  let isItself = true;
  for (let child = node; child.parent && !/Function|Program/.test(child.parent.type); child = child.parent) {
    const { parent } = child;
    if ((isItself && isQuestion(parent, child)) || isAnswered(parent, child, name)) return true;
    isItself &&= /^(Logical|Chain|Parenthesized)Expression$/.test(parent.type);
  }
  return false;
}

/** A place in which a missing feature does no harm. */
function isQuestion(parent, child) {
  switch (parent.type) {
    case 'UnaryExpression':
      return parent.operator === 'typeof' || parent.operator === '!';
    case 'BinaryExpression':
      return /^[=!]==?$|^in$/.test(parent.operator);
    case 'LogicalExpression':
      return parent.left === child;
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test === child;
    case 'MemberExpression':
      return parent.object === child && parent.optional;
    case 'CallExpression':
      return parent.callee === child && parent.optional;
    default:
      return false;
  }
}

/** A place that is reached only after a test. */
function isAnswered(parent, child, name) {
  if (parent.type === 'LogicalExpression') return parent.right === child && mentions(parent.left, name);
  if (/^(If|Conditional)/.test(parent.type)) return parent.test !== child && mentions(parent.test, name);
  return false;
}
