import type { Node } from './in-script.mjs';

/** The child nodes of an ESTree node. */
export function childrenOf(node: Node): readonly Node[];
