/** An ESTree node with its parent. */
export type Node = {
  readonly type: string;
  readonly value?: unknown;
  readonly body?: readonly object[];
  parent?: Node;
};

export function lackingVisitor(
  report: (node: Node, sentence: string) => void,
): Readonly<Record<string, (node: Node) => void>>;
