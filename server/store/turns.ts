/**
 * Who may write next. The chat service takes one list whole, so two writes at once would lose one of them.
 *
 * Runs `work` when nobody else has a turn of that name, or rejects once `patience` is over and the work has not begun.
 * `isMine` tells whether the turn still holds for as long as a write takes; ask it last, right before the write.
 */
export type Turns = <T>(
  name: string,
  work: (isMine: () => Promise<boolean>) => Promise<T>,
  patience: AbortSignal,
) => Promise<T>;
