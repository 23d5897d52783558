/**
 * Says how many records of the services this version could not read. An unreadable record does not break a list, but it
 * is not hidden either.
 */
import type { VNode } from 'preact';
import { Notice } from '../ui/Notice.tsx';
import { useWords, type Words } from './words.tsx';

const KINDS = ['channels', 'employees', 'roles', 'changes', 'templates'] as const;

export type LeftOut = Partial<Readonly<Record<(typeof KINDS)[number], number>>>;

/** One sentence for all kinds; `null` if everything was understood. */
export function leftOut(t: Words, counts: LeftOut): string | null {
  const what = KINDS.flatMap(kind => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [t(`notUnderstood.what.${kind}`, { count })] : [];
  });
  return what.length > 0 ? t('notUnderstood.leftOut', { what: what.join(', ') }) : null;
}

export function NotUnderstood({ counts }: { counts: LeftOut }): VNode | null {
  const sentence = leftOut(useWords(), counts);
  return sentence === null ? null : <Notice tone="info">{sentence}</Notice>;
}
