/** Problems of the roles, each with the people it concerns and what to do. The worst come first. */
import type { VNode } from 'preact';
import type { Warning } from '../../../../domain/warnings.ts';
import { Button } from '../../../ui/Button.tsx';
import { useNames } from '../../../words/labels.tsx';
import type { Names } from '../../../words/names.ts';
import { useWords, type Words } from '../../../words/words.tsx';

export function WarningList({
  warnings,
  isOpen,
  onStep,
  stepOf,
}: {
  warnings: readonly Warning[];
  isOpen: boolean;
  /** Fixes a problem. A warning without a step explains in its text what to do elsewhere. */
  onStep: (warning: Warning) => void;
  stepOf: (warning: Warning) => string | null;
}): VNode | null {
  const t = useWords();
  const names = useNames();
  if (warnings.length === 0) return null;
  return (
    <details class="warnings" open={isOpen}>
      <summary>{t('warning.title', { count: warnings.length })}</summary>
      <ul>
        {warnings.map(warning => {
          const step = stepOf(warning);
          return (
            <li key={keyOf(warning)} class="warning">
              <span>{sentence(warning, names, t)}</span>
              {step !== null && (
                <Button kind="link" onPress={() => onStep(warning)}>
                  {step}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

const keyOf = (warning: Warning): string =>
  'channelId' in warning
    ? `${warning.kind} ${warning.channelId}`
    : 'channel' in warning
      ? `${warning.kind} ${warning.channel.id}`
      : warning.kind;

function sentence(warning: Warning, names: Names, t: Words): string {
  switch (warning.kind) {
    case 'nobody-receives':
    case 'nobody-answers':
    case 'no-supervisor':
      return t(`warning.${warning.kind}`, { channel: names.channel(warning.channel) });
    case 'channel-gone':
      return t('gone.roles', { channel: warning.channelId, count: warning.employeeIds.length });
    case 'deactivated-with-role':
    case 'cannot-claim':
    case 'sees-no-widgets':
      return t(`warning.${warning.kind}`, {
        count: warning.employees.length,
        names: names.people(warning.employees),
      });
  }
}
