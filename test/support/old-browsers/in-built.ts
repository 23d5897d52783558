/** Finds features in a built script that supported browsers lack, also in the style sheets contained in it as texts. */
import { parseAst } from 'vite';
import { lackingVisitor, type Node } from './in-script.mjs';
import { lackingIn } from './in-sheet.ts';
import { childrenOf } from './syntax.mjs';

export type Read = {
  /** One sentence per occurrence. */
  readonly lacking: readonly string[];
  readonly sheets: readonly string[];
};

export function readScript(code: string): Read {
  const lacking: string[] = [];
  const sheets: string[] = [];
  const visitor = lackingVisitor((_, sentence) => lacking.push(sentence));
  const visit = (node: Node): void => {
    visitor[node.type]?.(node);
    if (isSheet(node.value)) sheets.push(node.value);
    for (const child of childrenOf(node)) {
      child.parent = node;
      visit(child);
    }
  };
  visit({ type: 'Program', body: parseAst(code).body });
  lacking.push(...sheets.flatMap(lackingIn).map(({ sentence }) => sentence));
  return { lacking, sheets };
}

const isSheet = (value: unknown): value is string =>
  typeof value === 'string' && /\{\s*[\w-]+:[^{}]*;\s*\}/.test(value);
