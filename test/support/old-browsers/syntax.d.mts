import type { Node } from './in-script.mjs';

/** The nodes right below one of ESTree. */
export function childrenOf(node: Node): readonly Node[];
