/** One person on the channels that are shown: his role, and whether he receives new clients. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Channel } from '../../domain/channel.ts';
import { mayReceiveNewClients, ROLES } from '../../domain/role.ts';
import { seatKey } from '../../domain/assignment.ts';
import { RadioRow } from '../../ui/RadioRow.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { contained } from '../../contained.ts';
import { useWords, type Words } from '../../words.tsx';
import { placeAcross, type PlaceAcross } from '../rules/across.ts';
import { placeAt, type Draft } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';
import { RoleIcon } from './RoleIcon.tsx';
import type { Row } from '../rules/rows.ts';
import { WhyButton } from './WhyButton.tsx';

export type RoleRowProps = {
  readonly model: RolesModel;
  readonly row: Row;
  /** From 1, among the people who are found. */
  readonly place: number;
  /** Its place among all lines of the grid, whose head is the first. */
  readonly line: number;
  /** Tab leads into this row and no other. */
  readonly isActive: boolean;
  readonly locked: boolean;
};

/** Any edit asks each row that is drawn what it shows; only those are drawn again that show something else now. */
export function RoleRow(props: RoleRowProps): VNode {
  const t = useWords();
  const { model, row, place, line, isActive, locked } = props;
  const { employee } = row;
  const draft = model.draft.value;
  const channelIds = model.channelIds.value;
  const { role, receivesNewClients } = placeAcross(draft, channelIds, employee.id);
  const keys = channelIds.map(channelId => seatKey({ channelId, employeeId: employee.id }));
  const shown: Shown = {
    role,
    receivesNewClients,
    isTicked: model.selected.value.has(employee.id),
    isEdited: keys.some(key => draft.edits.has(key)),
    isContested: keys.some(key => draft.contested.has(key)),
    differences:
      role === 'differs' || receivesNewClients === 'differs'
        ? differences(model.channels, draft, employee.id, t)
        : '',
    of: model.found.value.length,
  };
  return useMemo(
    () => <Face {...props} {...shown} />,
    [model, row, place, line, isActive, locked, t, ...Object.values(shown)],
  );
}

type Shown = PlaceAcross & {
  readonly isTicked: boolean;
  readonly isEdited: boolean;
  /** Another admin has changed the same, and nobody has settled it yet. */
  readonly isContested: boolean;
  readonly differences: string;
  readonly of: number;
};

function Face({ model, row, isActive, locked, ...shown }: RoleRowProps & Shown): VNode {
  const t = useWords();
  const { employee, kind } = row;
  const { role, receivesNewClients } = shown;
  const name = kind === 'stranger' ? t('roles.stranger', { id: employee.id }) : employee.name;
  const tabIndex = isActive ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={shown.line + 1}
      aria-label={sentence(name, shown, t)}
      aria-selected={shown.isTicked}
      class={shown.isEdited ? 'row row-edited' : 'row'}
      data-employee={employee.id}
    >
      <div role="gridcell" class="pick" data-column="pick">
        <input
          type="checkbox"
          aria-label={t('roles.pick', { name })}
          checked={shown.isTicked}
          aria-disabled={locked || undefined}
          tabIndex={tabIndex}
          onClick={event => {
            if (locked) event.preventDefault();
            else if (event.shiftKey) model.finding.tickTo(employee.id);
          }}
          onChange={event => model.finding.tick(employee.id, event.currentTarget.checked)}
        />
      </div>
      <div role="gridcell" class="who">
        <span class="who-name">
          {name}
          <WhyButton model={model} employeeId={employee.id} name={name} tabIndex={tabIndex} />
        </span>
        <span class="quiet">{employee.group || employee.email}</span>
        {kind === 'newcomer' && <span class="tag tag-edited">{t('roles.newcomer')}</span>}
        {kind === 'stranger' && <span class="tag">{t('roles.notInCrm')}</span>}
        {kind !== 'stranger' && !employee.active && <span class="tag">{t('roles.deactivated')}</span>}
        {shown.isEdited && <span class="tag tag-edited">{t('roles.changed')}</span>}
        {shown.isContested && <span class="tag tag-alert">{t('roles.alsoChanged')}</span>}
        {shown.differences !== '' && <span class="differs quiet">{shown.differences}</span>}
      </div>
      <div role="gridcell" data-column="role">
        <RadioRow
          label={t('roles.roleOf', { name })}
          group={`role-of-${employee.id}`}
          choices={[null, ...ROLES].map(one => ({
            value: one ?? 'none',
            label: t(`role.${one ?? 'none'}`),
            icon: <RoleIcon role={one} />,
          }))}
          value={role === 'differs' ? undefined : (role ?? 'none')}
          locked={locked}
          tabIndex={tabIndex}
          onChoose={value => model.setRole([employee.id], ROLES.find(one => one === value) ?? null)}
        />
      </div>
      <div role="gridcell" class="new-clients" data-column="switch">
        {role !== 'differs' && mayReceiveNewClients(role) && (
          <>
            <Switch
              label={t('roles.receivesNewClients')}
              on={receivesNewClients === true}
              locked={locked}
              tabIndex={tabIndex}
              onTurn={on => model.setReceivesNewClients([employee.id], on)}
            />
            <span class="new-clients-label quiet" aria-hidden="true">
              {t('roles.receivesNewClients')}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

/** "Adam Archer, row 12 of 500, Sales rep, receives new clients" */
function sentence(
  name: string,
  { place, of, role, receivesNewClients, isEdited }: Shown & Pick<RoleRowProps, 'place'>,
  t: Words,
): string {
  return [
    t('grid.row', { name, place, of }),
    role === 'differs' ? t('roles.notTheSame') : t(`role.${role ?? 'none'}`),
    receivesNewClients === true && t('roles.receivesNewClients').toLowerCase(),
    isEdited && t('roles.changed').toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');
}

/** "Sales: Sales rep, receives new clients · Wholesale: No role" */
function differences(channels: readonly Channel[], draft: Draft, employeeId: string, t: Words): string {
  const each = channels.map(({ id, name }) => {
    const { role, receivesNewClients } = placeAt(draft, { channelId: id, employeeId });
    const switched = receivesNewClients ? `, ${t('roles.receivesNewClients').toLowerCase()}` : '';
    return `${contained(name)}: ${t(`role.${role ?? 'none'}`)}${switched}`;
  });
  return `${t('roles.notTheSame')} ${each.join(' · ')}`;
}
