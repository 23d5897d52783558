/**
 * One quiet line about whether the chat service and the CRM agree about the clients. Open tasks are listed below it.
 */
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { PEOPLE_LIMIT } from '../../chat/chat.ts';
import { Button } from '../../ui/Button.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';
import { NotTold } from './NotTold.tsx';
import { ToSend } from './ToSend.tsx';
import { agoOf } from '../../words/when.ts';

/** The polling interval while clients are being checked. */
const SOON_MS = 3000;
/** The server compares on its own, and the time since then is shown in minutes. */
const MINUTE_MS = 60_000;

export function Agreement({
  model,
  isTold,
}: {
  model: PanelModel;
  /** Whether the report of a refresh already says what the check could not do. */
  isTold: boolean;
}): VNode | null {
  const t = useWords();
  const { agreement } = model;
  const state = agreement.state.value;
  const pause = state.kind !== 'read' ? null : state.clients.waiting > 0 ? SOON_MS : MINUTE_MS;
  useEffect(() => {
    if (pause === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) void agreement.read();
    }, pause);
    return () => clearInterval(timer);
  }, [agreement, pause]);

  if (state.kind === 'absent') return null;
  if (state.kind === 'reading') return <p class="quiet">{t('agreement.reading')}</p>;
  if (state.kind === 'failed')
    return isTold ? null : (
      <p class="quiet">
        {t('agreement.failed')} {whyFailed(t, state.failure)}{' '}
        <Button kind="link" onPress={agreement.read}>
          {t('failure.retry')}
        </Button>
      </p>
    );
  const { clients } = state;
  const { known, unsent, right, waiting, held, checkedAt, problem } = clients;
  // All clients that the chat service should know, whether or not they were sent.
  const all = (known ?? 0) + (unsent ?? 0);
  const busy = state.kind === 'checking';
  const isLimit = problem?.reason === PEOPLE_LIMIT;
  // The last check compared no clients, so earlier numbers do not count.
  const isUnfinished = problem !== null && !isLimit;
  const verdict = isUnfinished
    ? 'unfinished'
    : known === null || checkedAt === null
      ? 'never'
      : all === 0
        ? 'none'
        : all === right
          ? 'same'
          : 'differs';
  const ago = agoOf(Date.now() - (checkedAt ?? 0), model.locale);
  return (
    <>
      {!(isTold && isUnfinished) && (
        <p class="quiet">
          {t(`agreement.${verdict}`, { right, all, ago })}
          {waiting > 0 && `, ${t('agreement.waiting', { count: waiting })}`}
          {problem && !isTold && `. ${isLimit ? t('refresh.peopleLimit') : whyFailed(t, problem)}`}{' '}
          {verdict !== 'same' && verdict !== 'none' && waiting + held === 0 && (
            <Button kind="link" busy={busy} onPress={agreement.again}>
              {t(busy ? 'agreement.checking' : 'agreement.check')}
            </Button>
          )}
        </p>
      )}
      {clients.failed > 0 && <NotTold model={model} clients={clients} busy={busy} />}
      <ToSend clients={clients} busy={busy} onSend={agreement.send} />
    </>
  );
}
