/**
 * As much of the Twig language as most widgets' templates use: `{{ value|filter }}`, `if`, `for`, `set` and comments,
 * with dotted names, literals, comparisons, `and`, `or`, `not`, `~`. Everything else throws `TwigLacks`, which names it.
 * As in the CRM, values are not escaped unless a template says so.
 */
import { evaluate, plain, TwigLacks, type Scope } from './twig-expression.ts';

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly expression: string }
  | { readonly kind: 'set'; readonly name: string; readonly expression: string }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | { readonly kind: 'for'; readonly names: readonly string[]; readonly over: string; readonly body: Node[] };
type Branch = { readonly condition: string; readonly body: Node[] };
type Token = { readonly kind: 'text' | 'value' | 'tag'; readonly text: string };

const PIECE = /\{#[\s\S]*?#\}|\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}/g;

/** Throws `TwigLacks`. */
export function renderTwig(template: string, scope: Scope): string {
  const tokens = tokensOf(template);
  const { body, end } = parse(tokens, 0);
  if (end < tokens.length) throw new TwigLacks(`{% ${tokens[end]?.text} %}`);
  return output(body, { ...scope });
}

function tokensOf(template: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const found of template.matchAll(PIECE)) {
    tokens.push({ kind: 'text', text: template.slice(from, found.index) });
    const [whole, value, tag] = found;
    if (value !== undefined) tokens.push({ kind: 'value', text: value.trim() });
    if (tag !== undefined) tokens.push({ kind: 'tag', text: tag.trim() });
    from = found.index + whole.length;
  }
  tokens.push({ kind: 'text', text: template.slice(from) });
  return tokens;
}

/** Reads until a tag that this level does not know: its opener does. */
function parse(tokens: readonly Token[], start: number): { readonly body: Node[]; readonly end: number } {
  const body: Node[] = [];
  let at = start;
  for (let token = tokens[at]; token; token = tokens[at]) {
    const { kind, text } = token;
    if (kind === 'text') body.push({ kind, text });
    else if (kind === 'value') body.push({ kind, expression: text });
    else {
      const [, word = '', rest = ''] = /^(\w+)\s*([\s\S]*)$/.exec(text) ?? [];
      if (/^(else|elseif|endif|endfor)$/.test(word)) return { body, end: at };
      const opened =
        word === 'if' ? ifFrom(tokens, at, rest) : word === 'for' ? forFrom(tokens, at, rest) : undefined;
      const [, name = '', expression = ''] = (word === 'set' && /^(\w+)\s*=\s*([\s\S]+)$/.exec(rest)) || [];
      if (opened) {
        body.push(opened.node);
        at = opened.end;
      } else if (name) body.push({ kind: 'set', name, expression });
      else throw new TwigLacks(`{% ${text} %}`);
    }
    at += 1;
  }
  return { body, end: at };
}

type Opened = { readonly node: Node; readonly end: number };

function ifFrom(tokens: readonly Token[], start: number, first: string): Opened {
  const branches: Branch[] = [];
  let condition = first;
  let at = start;
  for (;;) {
    const { body, end } = parse(tokens, at + 1);
    branches.push({ condition, body });
    const closing = tokens[end]?.text ?? '';
    if (closing === 'endif') return { node: { kind: 'if', branches }, end };
    if (!closing.startsWith('else')) throw new TwigLacks('an {% if %} without its {% endif %}');
    condition = closing === 'else' ? 'true' : closing.slice('elseif'.length);
    at = end;
  }
}

function forFrom(tokens: readonly Token[], start: number, rest: string): Opened {
  const [, names = '', over = ''] = /^(\w+(?:\s*,\s*\w+)?)\s+in\s+([\s\S]+)$/.exec(rest) ?? [];
  const { body, end } = parse(tokens, start + 1);
  if (over === '' || tokens[end]?.text !== 'endfor') throw new TwigLacks(`{% for ${rest} %}`);
  return { node: { kind: 'for', names: names.split(',').map(name => name.trim()), over, body }, end };
}

const output = (nodes: readonly Node[], scope: Scope): string =>
  nodes.map(node => said(node, scope)).join('');

function said(node: Node, scope: Scope): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'value':
      return plain(evaluate(node.expression, scope));
    case 'set':
      scope[node.name] = evaluate(node.expression, scope);
      return '';
    case 'if': {
      const taken = node.branches.find(({ condition }) => evaluate(condition, scope));
      return taken ? output(taken.body, scope) : '';
    }
    case 'for':
      return repeated(node, scope);
  }
}

function repeated({ names, over, body }: Extract<Node, { kind: 'for' }>, scope: Scope): string {
  const [name = '', second] = names;
  const entries = Object.entries(Object(evaluate(over, scope)));
  return entries
    .map(([key, value], at) => {
      const loop = { index: at + 1, index0: at, first: at === 0, last: at === entries.length - 1 };
      const named = second === undefined ? { [name]: value } : { [name]: key, [second]: value };
      return output(body, { ...scope, ...named, loop });
    })
    .join('');
}
