/** What can be told from the shape of a script: which names it declares, and what it looks for before it uses it. */

/** The nodes right below a node. */
export const childrenOf = node =>
  Object.entries(node)
    .filter(([key]) => key !== 'parent')
    .flatMap(([, value]) => value)
    .filter(value => typeof value === 'object' && value !== null && typeof value.type === 'string');

/** The name of a member as far as it is written down: `a.name`, `a['name']`. */
export function nameOf({ computed, property }) {
  if (!computed) return property.type === 'Identifier' ? property.name : null;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

/** Every name that is declared somewhere in it, wherever it holds. */
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

/** Whether an identifier stands for a value, and not for a key, a label or a type. */
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
 * Whether the script makes sure that it is there: it asks for it, or goes on only if it is. Something is asked for by its
 * name in a condition, by `typeof`, by `in`, by `?.` or by `??`.
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

/** A place in which something that is not there does no harm. */
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

/** A place that is come to only after it was asked for. */
function isAnswered(parent, child, name) {
  if (parent.type === 'LogicalExpression') return parent.right === child && mentions(parent.left, name);
  if (/^(If|Conditional)/.test(parent.type)) return parent.test !== child && mentions(parent.test, name);
  return false;
}
