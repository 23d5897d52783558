/**
 * The texts that the widget writes into the CRM for other people: notes in the feed, questions and answers. Texts that may
 * be stored first mention people by their ids.
 */
import type { Employee } from '../../../domain/employee.ts';
import type { Words } from '../../words/words.tsx';
import { askText } from './ask.ts';
import { mention } from './mention.ts';

export type Letters = {
  readonly claimed: (from: Employee | null, reason: string) => string;
  /** Tells the former owner. */
  readonly toFormer: (reason: string) => string;
  readonly undone: () => string;
  readonly given: (toId: string, reason: string) => string;
  readonly released: (reason: string) => string;
  readonly question: (words: string) => string;
  readonly granted: () => string;
  readonly refused: () => string;
  /** The reason given in one of these notes; empty for any other note. */
  readonly reasonIn: (note: string) => string;
};

/** Every text names its author, because the CRM may show a note as written by the integration. */
export function lettersFrom(t: Words, author: { readonly id: string; readonly name: string }): Letters {
  const me = mention(author.id);
  const withReason = (line: string, reason: string): string =>
    reason.trim() === '' ? line : `${line}\n${t('letter.reason', { reason: reason.trim() })}`;
  const [beforeReason = '', afterReason = ''] = t('letter.reason', { reason: '\0' }).split('\0');
  return {
    claimed: (from, reason) =>
      withReason(
        from ? t('letter.takenFrom', { me, name: mention(from.id) }) : t('letter.claimed', { me }),
        reason,
      ),
    toFormer: reason => withReason(t('letter.toFormer', { me }), reason),
    undone: () => t('letter.undone', { me }),
    given: (toId, reason) => withReason(t('letter.given', { me, name: mention(toId) }), reason),
    released: reason => withReason(t('letter.released', { me }), reason),
    question: words => askText(t('letter.question', { me: author.name }), words),
    granted: () => t('letter.granted'),
    refused: () => t('letter.refused'),
    reasonIn(note) {
      const [, line = ''] = note.split('\n');
      return line.startsWith(beforeReason)
        ? line.slice(beforeReason.length, afterReason === '' ? undefined : -afterReason.length)
        : '';
    },
  };
}
