/**
 * Finds features in a style sheet that supported browsers lack. A declaration after one that they understand, or inside
 * an `@supports` that tests for it, does not count.
 */
import { parse, type ChildNode, type Declaration } from 'postcss';
import { lackedBy, sentence } from './compat.mjs';
import { atRuleFeatures, declarationFeatures, ruleFeatures, type Feature } from './sheet-features.ts';

export type Found = { readonly line: number; readonly sentence: string };

/** Features whose absence costs only speed, or that only another browser needs. */
const NOT_MISSED = new Set([
  'content-visibility',
  'contain-intrinsic-size',
  // Without it, a list jumps; our own lists correct that themselves.
  'overflow-anchor',
  // Safari has no forced colours.
  'forced-color-adjust',
  'forced-colors',
]);

export function lackingIn(sheet: string): readonly Found[] {
  const found: Found[] = [];
  const tell = (node: ChildNode, features: readonly Feature[]): void => {
    const line = node.source?.start?.line ?? 0;
    for (const one of features) {
      if (isLacking(one) && !isAskedFor(node, one.name))
        found.push({ line, sentence: sentence(lackOf(one), one.name) });
    }
  };
  const root = parse(sheet);
  root.walkAtRules(rule => tell(rule, atRuleFeatures(rule)));
  root.walkRules(rule => tell(rule, ruleFeatures(rule)));
  root.walkDecls(one => {
    if (!NOT_MISSED.has(one.prop) && !hasFallback(one)) tell(one, declarationFeatures(one));
  });
  return found;
}

const lackOf = ({ compat }: Feature): readonly string[] => (compat ? lackedBy(compat) : []);
const isLacking = (feature: Feature): boolean => !NOT_MISSED.has(feature.name) && lackOf(feature).length > 0;

type Within = { readonly parent?: Within | undefined; readonly name?: string; readonly params?: string };

function isAskedFor({ parent }: Within, name: string): boolean {
  if (!parent) return false;
  return (parent.name === 'supports' && parent.params?.includes(name) === true) || isAskedFor(parent, name);
}

/** A custom property accepts any value, so an earlier declaration of it is no fallback. */
function hasFallback(declaration: Declaration): boolean {
  if (declaration.prop.startsWith('--')) return false;
  const siblings: readonly ChildNode[] = declaration.parent?.nodes ?? [];
  return siblings
    .slice(0, siblings.indexOf(declaration))
    .some(
      one =>
        one.type === 'decl' && one.prop === declaration.prop && !declarationFeatures(one).some(isLacking),
    );
}
