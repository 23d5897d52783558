/** What is wrong with the roles, each with whom it concerns and what to do. The worst come first. */
import type { VNode } from 'preact';
import type { Warning } from '../../domain/warnings.ts';
import { Button } from '../../ui/Button.tsx';
import { useWords, type Words } from '../../words.tsx';
import { namesOf } from '../rules/names.ts';

export function WarningList({
  warnings,
  isOpen,
  onStep,
  stepOf,
}: {
  warnings: readonly Warning[];
  isOpen: boolean;
  /** The way to mend it, and its words; a warning without one tells in its text what to do elsewhere. */
  onStep: (warning: Warning) => void;
  stepOf: (warning: Warning) => string | null;
}): VNode | null {
  const t = useWords();
  if (warnings.length === 0) return null;
  return (
    <details class="warnings" open={isOpen}>
      <summary>{t('warning.title', { count: warnings.length })}</summary>
      <ul>
        {warnings.map(warning => {
          const step = stepOf(warning);
          return (
            <li key={keyOf(warning)} class="warning">
              <span>{sentence(warning, t)}</span>
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
  'channel' in warning ? `${warning.kind} ${warning.channel.id}` : warning.kind;

function sentence(warning: Warning, t: Words): string {
  switch (warning.kind) {
    case 'nobody-receives':
    case 'nobody-answers':
    case 'no-supervisor':
      return t(`warning.${warning.kind}`, { channel: warning.channel.name });
    case 'deactivated-with-role':
    case 'without-role':
    case 'cannot-claim':
    case 'sees-no-widgets':
      return t(`warning.${warning.kind}`, {
        count: warning.employees.length,
        names: namesOf(warning.employees, t),
      });
  }
}
