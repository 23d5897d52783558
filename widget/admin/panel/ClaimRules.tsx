/** Whose clients may be taken, and what moves along with them. */
import type { VNode } from 'preact';
import { DEALS, FROM_COLLEAGUE, readOwnRules, type ClaimRules as Rules } from '../../../domain/own-rules.ts';
import { Select, type Choice } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useWords } from '../../words/words.tsx';
import type { OwnModel } from './own.ts';

export function ClaimRules({ own }: { own: OwnModel }): VNode {
  const t = useWords();
  const { claims } = readOwnRules(own.text.value);
  const choose =
    (rule: keyof Rules) =>
    (value: Rules[keyof Rules]): void =>
      own.set(['claims', rule], value);
  return (
    <div class="stack">
      <Question
        label={t('claimRules.fromColleague')}
        value={claims.fromColleague}
        choices={FROM_COLLEAGUE.map(value => ({ value, label: t(`claimRules.take.${value}`) }))}
        onChoose={choose('fromColleague')}
      />
      <LabelledSwitch
        label={t('claimRules.supervisorsFreely')}
        on={claims.supervisorsFreely}
        onTurn={choose('supervisorsFreely')}
      />
      <Question
        label={t('claimRules.deals')}
        value={claims.deals}
        choices={DEALS.map(value => ({ value, label: t(`claimRules.come.${value}`) }))}
        onChoose={choose('deals')}
      />
      <LabelledSwitch label={t('claimRules.note')} on={claims.note} onTurn={choose('note')} />
      <LabelledSwitch label={t('claimRules.task')} on={claims.task} onTurn={choose('task')} />
    </div>
  );
}

function Question<T extends string>({
  label,
  value,
  choices,
  onChoose,
}: {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChoose: (value: T) => void;
}): VNode {
  return (
    <label class="field">
      {label}
      <Select value={value} choices={choices} onChoose={onChoose} />
    </label>
  );
}

function LabelledSwitch({
  label,
  on,
  onTurn,
}: {
  label: string;
  on: boolean;
  onTurn: (on: boolean) => void;
}): VNode {
  return (
    <label class="setting">
      <Switch label={label} on={on} onTurn={onTurn} />
      <span>{label}</span>
    </label>
  );
}
