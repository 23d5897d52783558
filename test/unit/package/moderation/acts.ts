/**
 * What a script does, read from its syntax tree, so that words in texts and comments are not taken for deeds. Callees
 * and targets are given as they are written: `document.createElement`, `APP.data`.
 */
import { parseAst, Visitor } from 'vite';

export type Call = { readonly callee: string; readonly given: readonly string[]; readonly isNew: boolean };

export type Acts = {
  readonly calls: readonly Call[];
  /** Left sides of assignments, and what `delete` takes away. */
  readonly targets: readonly string[];
  /** Every mention of a member: `console.log`. */
  readonly members: readonly string[];
  readonly debuggers: number;
  /** Literal texts and the fixed parts of templates. */
  readonly texts: readonly string[];
  /** Names that functions, variables and parameters are given. */
  readonly names: readonly string[];
  /** The script with each text cut down to nothing: what is left is how the code itself is laid out. */
  readonly layout: string;
};

type Span = { readonly start: number; readonly end: number };

export function actsIn(code: string): Acts {
  const written = ({ start, end }: Span): string => code.slice(start, end);
  const calls: Call[] = [];
  const [targets, members, texts, names]: [string[], string[], string[], string[]] = [[], [], [], []];
  const cuts: Span[] = [];
  let debuggers = 0;
  const call = (isNew: boolean) => (node: { callee: Span; arguments: readonly Span[] }) => {
    calls.push({ callee: written(node.callee), given: node.arguments.map(written), isNew });
  };
  const name = (id: (Span & { readonly type: string }) | null): void => {
    if (id?.type === 'Identifier') names.push(written(id));
  };
  new Visitor({
    CallExpression: call(false),
    NewExpression: call(true),
    AssignmentExpression: node => void targets.push(written(node.left)),
    UpdateExpression: node => void targets.push(written(node.argument)),
    UnaryExpression: node => void (node.operator === 'delete' && targets.push(written(node.argument))),
    MemberExpression: node => void members.push(written(node)),
    DebuggerStatement: () => void (debuggers += 1),
    Literal(node) {
      if (typeof node.value !== 'string') return;
      texts.push(node.value);
      cuts.push(node);
    },
    TemplateElement: node => void texts.push(node.value.raw),
    VariableDeclarator: node => name(node.id),
    FunctionDeclaration(node) {
      name(node.id);
      node.params.forEach(name);
    },
    ArrowFunctionExpression: node => node.params.forEach(name),
  }).visit(parseAst(code));
  return { calls, targets, members, debuggers, texts, names, layout: withoutCuts(code, cuts) };
}

function withoutCuts(code: string, cuts: readonly Span[]): string {
  let [left, from] = ['', 0];
  for (const { start, end } of cuts.toSorted((one, other) => one.start - other.start)) {
    left += code.slice(from, start);
    from = Math.max(from, end);
  }
  return left + code.slice(from);
}
