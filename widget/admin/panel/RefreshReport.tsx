/** The progress of a refresh, its result, and the steps that can be repeated. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PEOPLE_LIMIT } from '../../chat/chat.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import { Findings } from './Findings.tsx';
import { isUnfinished, STEPS, type Found, type RefreshModel, type Steps } from './refresh.ts';

/** A refresh shorter than this shows no progress. */
const LONG_MS = 1000;

export function RefreshReport({
  refresh,
  isOld = false,
}: {
  refresh: RefreshModel;
  /** Whether something else happened since. The result is then hidden, unless the refresh is unfinished. */
  isOld?: boolean;
}): VNode | null {
  const state = refresh.state.value;
  if (state.kind === 'running')
    return <RunningSteps refresh={refresh} steps={state.steps} cancelling={state.cancelling} />;
  const isOver = state.kind === 'idle' || (isOld && !STEPS.some(step => isUnfinished(state.steps[step])));
  return isOver ? null : <Report refresh={refresh} {...state} />;
}

function RunningSteps({
  refresh,
  steps,
  cancelling,
}: {
  refresh: RefreshModel;
  steps: Steps;
  cancelling: boolean;
}): VNode | null {
  const t = useWords();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const running = STEPS.find(step => steps[step].kind === 'running');
  if (!isLong || !running) return null;
  const is = steps[running];
  const step = t(`refresh.step.${running}`);
  return (
    <div class="refresh-progress">
      <p role="status">
        {is.kind === 'running' && is.done > 0 ? t('refresh.doneSoFar', { step, done: is.done }) : step}
      </p>
      <Button kind="link" busy={cancelling} onPress={refresh.cancel}>
        {t(cancelling ? 'refresh.cancelling' : 'refresh.cancel')}
      </Button>
    </div>
  );
}

function Report({
  refresh,
  steps,
  found: { employees, chat },
}: {
  refresh: RefreshModel;
  steps: Steps;
  found: Found;
}): VNode {
  const t = useWords();
  const unfinished = STEPS.filter(step => isUnfinished(steps[step]));
  const isStopped = unfinished.every(step => steps[step].kind === 'cancelled');
  const findings = chat && <Findings found={chat} most={refresh.mostPeople} />;
  return unfinished.length === 0 ? (
    <Notice tone="success" action={findings}>
      {t('panel.refreshed', { count: employees })}
    </Notice>
  ) : (
    <>
      <Notice
        tone={isStopped ? 'info' : 'problem'}
        action={
          <ul class="refresh-steps">
            {unfinished.map(step => {
              const is = steps[step];
              const name = t(`refresh.step.${step}`);
              return (
                <li key={step}>
                  <strong>{name}.</strong>{' '}
                  {is.kind === 'failed' &&
                    (is.failure.reason === PEOPLE_LIMIT
                      ? t('refresh.peopleLimit')
                      : whyFailed(t, is.failure))}
                  {is.kind === 'cancelled' && t('refresh.notDone')}{' '}
                  <Button kind="link" onPress={() => void refresh.retry(step)}>
                    {t('refresh.retry', { step: name })}
                  </Button>
                </li>
              );
            })}
          </ul>
        }
      >
        {t(isStopped ? 'refresh.stopped' : 'refresh.notAll')}
      </Notice>
      {findings}
    </>
  );
}
