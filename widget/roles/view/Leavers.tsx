/** People who are deactivated in the CRM and still have a role: their roles go at once, and their clients are not forgotten. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../domain/employee.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import { withPlaceFor } from '../rules/across.ts';
import { assignmentsOf } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';
import { namesOf } from '../rules/names.ts';

export function Leavers({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const channelIds = model.channels.map(channel => channel.id);
  const rows = model.rows.value;
  const left = useMemo(
    () => rows.filter(({ employee, kind }) => kind === 'known' && !employee.active),
    [rows],
  );
  const leavers = left.map(row => row.employee).filter(({ id }) => model.withRole.value.has(id));
  if (leavers.length === 0) return null;
  const employeeIds = leavers.map(one => one.id);
  const clear = (): void =>
    model.edit(draft =>
      withPlaceFor(draft, { channelIds, employeeIds }, { role: null, receivesNewClients: false }),
    );
  return (
    <Notice
      tone="info"
      action={
        <>
          <div class="actions">
            <Button onPress={clear}>{t('hint.clear')}</Button>
            {model.clients.state.value.kind === 'unasked' && (
              <Button onPress={model.clients.count}>{t('hint.countClients')}</Button>
            )}
          </div>
          <TheirClients model={model} leavers={leavers} />
        </>
      }
    >
      {t('hint.leavers', { count: leavers.length, names: namesOf(leavers, t) })}
    </Notice>
  );
}

function TheirClients({ model, leavers }: { model: RolesModel; leavers: readonly Employee[] }): VNode | null {
  const t = useWords();
  const clients = model.clients.state.value;
  switch (clients.kind) {
    case 'unasked':
      return null;
    case 'counting':
      return (
        <p role="status">{t(`review.counting.${clients.what}`, { read: clients.read, of: clients.of })}</p>
      );
    case 'failed':
      return (
        <p role="status">
          {t('review.notCounted')} {whyFailed(t, clients.failure)}{' '}
          <Button kind="link" onPress={model.clients.count}>
            {t('failure.retry')}
          </Button>
        </p>
      );
    case 'counted':
  }
  const seeing = seeingEverything(model);
  return (
    <>
      <ul>
        {leavers.map(leaver => (
          <li key={leaver.id}>
            {t(clients.isComplete ? 'hint.clients' : 'hint.clientsAtLeast', {
              name: leaver.name,
              count: clients.byOwner.get(leaver.id) ?? 0,
            })}{' '}
            <a href={model.contactsOf(leaver.id)} target="_blank" rel="noreferrer">
              {t('hint.inCrm')}
            </a>
          </li>
        ))}
      </ul>
      <p>{seeing.length > 0 ? t('hint.seenBy', { names: namesOf(seeing, t) }) : t('hint.seenByNobody')}</p>
    </>
  );
}

/** A chat whose responsible left is seen by those alone who see every chat. */
function seeingEverything({ draft, rows }: RolesModel): readonly Employee[] {
  const everything = new Set(
    assignmentsOf(draft.value)
      .filter(one => one.role !== 'seller')
      .map(one => one.employeeId),
  );
  return rows.value.map(row => row.employee).filter(one => one.active && everything.has(one.id));
}
