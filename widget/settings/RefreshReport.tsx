/** How a refresh goes, what it found, what is left to do again, and when the last one was. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PEOPLE_LIMIT } from '../chat/chat.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { whyFailed } from '../why-failed.ts';
import { useWords } from '../words.tsx';
import { Findings } from './Findings.tsx';
import { isUnfinished, type RefreshModel, type Steps } from './refresh-model.ts';
import { STEPS, type Step } from './refresh.ts';
import { whenOf } from './when.ts';

/** A refresh that is over sooner needs no progress. */
const LONG_MS = 1000;

export function RefreshReport({ refresh }: { refresh: RefreshModel }): VNode {
  const state = refresh.state.value;
  return (
    <>
      {state.kind === 'running' && (
        <RunningSteps refresh={refresh} steps={state.steps} cancelling={state.cancelling} />
      )}
      {state.kind === 'reported' && <Report refresh={refresh} steps={state.steps} />}
      {state.kind !== 'running' && <LastTime refresh={refresh} isReported={state.kind === 'reported'} />}
    </>
  );
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
  const numbers = is.kind === 'running' ? is : { done: 0, of: 0 };
  return (
    <div class="refresh-progress">
      <p role="status">
        {t('refresh.stepOf', { number: STEPS.indexOf(running) + 1, of: STEPS.length })}{' '}
        {numbers.of > 0
          ? t('refresh.doneOf', { step, done: numbers.done, of: numbers.of })
          : numbers.done > 0
            ? t('refresh.doneSoFar', { step, done: numbers.done })
            : step}
      </p>
      <Button kind="link" busy={cancelling} onPress={refresh.cancel}>
        {t(cancelling ? 'refresh.cancelling' : 'refresh.cancel')}
      </Button>
    </div>
  );
}

function Report({ refresh, steps }: { refresh: RefreshModel; steps: Steps }): VNode {
  const t = useWords();
  const unfinished = STEPS.filter(step => isUnfinished(steps[step]));
  const { employees } = steps;
  const isStopped = unfinished.every(step => steps[step].kind === 'cancelled');
  return (
    <>
      {unfinished.length === 0 ? (
        <Notice tone="success">
          {t('panel.refreshed', { count: employees.kind === 'done' ? employees.result.employees : 0 })}
        </Notice>
      ) : (
        <Notice
          tone={isStopped ? 'info' : 'problem'}
          action={
            <ul class="refresh-steps">
              {unfinished.map(step => (
                <UnfinishedStep key={step} step={step} is={steps[step]} refresh={refresh} />
              ))}
            </ul>
          }
        >
          {t(isStopped ? 'refresh.stopped' : 'refresh.notAll')}
        </Notice>
      )}
      <Findings steps={steps} mostPeople={refresh.mostPeople} />
    </>
  );
}

function UnfinishedStep({
  step,
  is,
  refresh,
}: {
  step: Step;
  is: Steps[Step];
  refresh: RefreshModel;
}): VNode {
  const t = useWords();
  const name = t(`refresh.step.${step}`);
  return (
    <li>
      <strong>{name}.</strong>{' '}
      {is.kind === 'failed' &&
        (is.failure.reason === PEOPLE_LIMIT ? t('refresh.peopleLimit') : whyFailed(t, is.failure))}
      {is.kind === 'cancelled' && t('refresh.notDone')}
      {is.kind === 'blocked' && t('refresh.blocked')}{' '}
      {is.kind !== 'blocked' && (
        <Button kind="link" onPress={() => void refresh.retry(step)}>
          {t('refresh.retry', { step: name })}
        </Button>
      )}
    </li>
  );
}

/** Next to a report that names what is unfinished, the time would only repeat it. */
function LastTime({ refresh, isReported }: { refresh: RefreshModel; isReported: boolean }): VNode | null {
  const t = useWords();
  const last = refresh.last.value;
  if (!last || last.at === 0 || (isReported && last.unfinished.length > 0)) return null;
  const when = whenOf(last.at, refresh.now(), refresh.locale);
  const steps = last.unfinished.map(step => t(`refresh.step.${step}`)).join(', ');
  return (
    <p class="quiet">{steps === '' ? t('refresh.at', when) : t('refresh.atNotAll', { ...when, steps })}</p>
  );
}
