/** The way from a row to "Why does … see this?". It keeps quiet until the row is looked at. */
import type { VNode } from 'preact';
import { useWords } from '../../words.tsx';
import type { RolesModel } from '../model/model.ts';

export function WhyButton({
  model,
  employeeId,
  name,
  tabIndex,
}: {
  model: RolesModel;
  employeeId: string;
  name: string;
  tabIndex: number;
}): VNode {
  const t = useWords();
  const label = t('why.title', { name });
  return (
    <button
      type="button"
      class="why-button quiet"
      aria-label={label}
      title={label}
      tabIndex={tabIndex}
      onClick={() => model.look.askWhy(employeeId)}
    >
      ?
    </button>
  );
}
