/** Whose clients may be taken, and what goes along with them. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import {
  DEALS,
  FROM_COLLEAGUE,
  ownRulesFields,
  readOwnRules,
  type ClaimRules as Rules,
} from '../domain/own-rules.ts';
import { RadioRow } from '../ui/RadioRow.tsx';
import { Switch } from '../ui/Switch.tsx';
import { useWords } from '../words.tsx';
import type { OwnModel } from './own.ts';

export function ClaimRules({ own }: { own: OwnModel }): VNode {
  const t = useWords();
  const [, redraw] = useState({});
  const text = own.text.value;
  const { claims } = readOwnRules(text);
  const change = (changed: Partial<Rules>): void => {
    own.change(ownRulesFields(text, { claims: { ...claims, ...changed } }));
    // The browser has moved its mark already. When the change was not taken, the mark goes back.
    redraw({});
  };
  return (
    <div class="stack">
      <div class="question">
        <p aria-hidden="true">{t('claimRules.fromColleague')}</p>
        <RadioRow
          label={t('claimRules.fromColleague')}
          group="claims-from-colleague"
          choices={FROM_COLLEAGUE.map(value => ({ value, label: t(`claimRules.take.${value}`) }))}
          value={claims.fromColleague}
          disabled={false}
          onChoose={fromColleague => change({ fromColleague })}
        />
      </div>
      <Turn
        label={t('claimRules.supervisorsFreely')}
        on={claims.supervisorsFreely}
        onTurn={supervisorsFreely => change({ supervisorsFreely })}
      />
      <div class="question">
        <p aria-hidden="true">{t('claimRules.deals')}</p>
        <RadioRow
          label={t('claimRules.deals')}
          group="claims-deals"
          choices={DEALS.map(value => ({ value, label: t(`claimRules.come.${value}`) }))}
          value={claims.deals}
          disabled={false}
          onChoose={deals => change({ deals })}
        />
      </div>
      <Turn label={t('claimRules.note')} on={claims.note} onTurn={note => change({ note })} />
      <Turn label={t('claimRules.task')} on={claims.task} onTurn={task => change({ task })} />
    </div>
  );
}

function Turn({ label, on, onTurn }: { label: string; on: boolean; onTurn: (on: boolean) => void }): VNode {
  return (
    <label class="setting">
      <Switch label={label} on={on} disabled={false} onTurn={onTurn} />
      <span aria-hidden="true">{label}</span>
    </label>
  );
}
