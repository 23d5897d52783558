/** «Как забирают клиентов» ("How clients are taken"): whose clients are free, and what a new employee starts with. */
import type { VNode } from 'preact';
import { isOneOf } from '../../../domain/one-of.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';
import { ClaimRules } from './ClaimRules.tsx';
import type { PanelModel } from './model.ts';
import { NewcomerRoles } from './NewcomerRoles.tsx';
import { OwnStatus } from './OwnStatus.tsx';
import { StandInOwners } from './StandInOwners.tsx';

export function HowTaken({ model }: { model: PanelModel }): VNode {
  const t = useWords();
  const staff = model.staff.value;
  const { own } = model;
  const isKnown = !isOneOf(own.state.value.kind, ['reading', 'unread']);
  return (
    <section class="stack" aria-label={t('howTaken.title')}>
      <h3>{t('howTaken.title')}</h3>
      {staff.kind === 'loading' && (
        <p class="quiet">{t('roles.loading', { count: staff.directory.length })}</p>
      )}
      {staff.kind === 'failed' && (
        <Notice tone="info" action={<Button onPress={model.refresh.run}>{t('failure.retry')}</Button>}>
          {t('howTaken.noStaff')}
        </Notice>
      )}
      {isKnown && staff.kind === 'ready' && <StandInOwners own={own} employees={staff.employees} />}
      <OwnStatus own={own} />
      {isKnown && (
        <>
          <details class="fold">
            <summary>{t('claimRules.title')}</summary>
            <ClaimRules own={own} />
          </details>
          <details class="fold">
            <summary>{t('howTaken.newcomers.title')}</summary>
            {staff.kind === 'ready' && (
              <NewcomerRoles own={own} employees={staff.employees} locale={model.locale} />
            )}
          </details>
        </>
      )}
    </section>
  );
}
