/**
 * The layout of our own code in the package: names are complete, each statement is on its own line, and long lists take
 * several lines. There is no other white space, which would add 6 kB. A moderator can read it as it is; a browser's
 * tools can indent it.
 */
import { minifySync, parseAst, Visitor } from 'vite';
import { edited, type Edit } from './edit.ts';

/** Longer lists of arguments, properties or elements get one line per item. */
const LONG = 200;

type Span = { readonly start: number; readonly end: number };

export function laidOut(code: string): string {
  const dense = minifySync('part.js', code, {
    compress: false,
    mangle: false,
    codegen: { removeWhitespace: true },
  }).code;
  const starts = new Set<number>();
  const strings: Edit[] = [];
  const each = (list: readonly (Span | null)[]): void => {
    for (const one of list) if (one) starts.add(one.start);
  };
  const statements = ({ body }: { readonly body: readonly Span[] }): void => each(body);
  const ifLong = ({ start, end }: Span, list: readonly (Span | null)[]): void => {
    if (end - start > LONG && list.length > 1) each(list);
  };
  new Visitor({
    Program: statements,
    BlockStatement: statements,
    SwitchCase: one => each([one, ...(one.consequent.length > 1 ? one.consequent : [])]),
    ObjectExpression: one => ifLong(one, one.properties),
    ObjectPattern: one => ifLong(one, one.properties),
    ArrayExpression: one => ifLong(one, one.elements),
    // A function in the last argument starts on the line of its call.
    CallExpression: one =>
      ifLong(
        one,
        one.arguments.filter(({ type }) => type !== 'ArrowFunctionExpression'),
      ),
    // Without white space, the printer writes every string as a template literal.
    TemplateLiteral({ start, end, expressions, quasis: [only] }) {
      const text = only?.value.cooked;
      if (expressions.length === 0 && typeof text === 'string')
        strings.push({ start, end, text: JSON.stringify(text) });
    },
  }).visit(parseAst(dense));
  const lines = Array.from(starts, start => ({ start, end: start, text: '\n' }));
  return edited(dense, [...lines, ...strings]);
}
