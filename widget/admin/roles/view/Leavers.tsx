/** People deactivated in the CRM who still have a role: removes their roles at once and points to their clients. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../../../domain/employee.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { withChoiceFor } from '../rules/across.ts';
import type { RolesModel } from '../model/model.ts';

export function Leavers({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const names = useNames();
  const channelIds = model.channels.map(channel => channel.id);
  const rows = model.rows.value;
  const left = useMemo(
    () => rows.filter(({ employee, kind }) => kind === 'known' && !employee.active),
    [rows],
  );
  const leavers = left.map(row => row.employee).filter(({ id }) => model.peopleWithRole.value.has(id));
  if (leavers.length === 0) return null;
  const employeeIds = leavers.map(one => one.id);
  const clear = (): void =>
    model.edit(draft =>
      withChoiceFor(draft, { channelIds, employeeIds }, { role: null, receivesNewClients: false }),
    );
  return (
    <Notice
      tone="info"
      action={
        <>
          <Button onPress={clear}>{t('hint.clear')}</Button>
          <TheirClients model={model} leavers={leavers} />
        </>
      }
    >
      {t('hint.leavers', { count: leavers.length, names: names.people(leavers) })}
    </Notice>
  );
}

function TheirClients({ model, leavers }: { model: RolesModel; leavers: readonly Employee[] }): VNode {
  const t = useWords();
  const names = useNames();
  const seeing = seeingEverything(model);
  return (
    <p>
      {seeing.length > 0 ? t('hint.seenBy', { names: names.people(seeing) }) : t('hint.seenByNobody')}{' '}
      {leavers.slice(0, MOST_LINKS).map(leaver => (
        <a key={leaver.id} href={model.contactsOf(leaver.id)} target="_blank" rel="noreferrer">
          {t('hint.inCrm', { name: names.person(leaver) })}{' '}
        </a>
      ))}
    </p>
  );
}

/** Up to this many people are listed by name with links to their clients. */
const MOST_LINKS = 5;

/** A chat whose owner left is visible only to people who see every chat. */
function seeingEverything({ existing, rows }: RolesModel): readonly Employee[] {
  const everything = new Set(existing.value.filter(one => one.role !== 'seller').map(one => one.employeeId));
  return rows.value.map(row => row.employee).filter(one => one.active && everything.has(one.id));
}
