/** One person on the shown channels, or on one of them: their role, and whether they receive new clients. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { mayReceiveNewClients } from '../../../../domain/role.ts';
import { seatKey } from '../../../../domain/assignment.ts';
import { Switch } from '../../../ui/Switch.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords, type Words } from '../../../words/words.tsx';
import { choiceAcross, type PlaceAcross } from '../rules/across.ts';
import { OFFERED } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';
import type { Line } from '../rules/order.ts';

export type RoleRowProps = {
  readonly model: RolesModel;
  readonly line: Line;
  /** The index among all lines of the grid; the head is the first. */
  readonly index: number;
  /** Whether Tab moves into this row. */
  readonly isActive: boolean;
  readonly locked: boolean;
};

/** After an edit, each rendered row computes what it shows, and only rows whose content changed render again. */
export function RoleRow(props: RoleRowProps): VNode {
  const t = useWords();
  const names = useNames();
  const { model, line, index, isActive, locked } = props;
  const { row, on } = line;
  const { id } = row.employee;
  const draft = model.draft.value;
  const channelIds = model.channelsOf(on);
  const { counts, ...choice } = choiceAcross(draft, channelIds, id);
  const keys = channelIds.map(channelId => seatKey({ channelId, employeeId: id }));
  const shown: Shown = {
    ...choice,
    name: names.inRow(id, row),
    channel:
      on === undefined ? '' : on === 'all' ? t('roles.allChannels') : names.channelOf(on, model.channels),
    counts: counts.join(' '),
    isTicked: model.selected.value.has(id),
    isEdited: keys.some(key => draft.edits.has(key)),
    isContested: keys.some(key => draft.contested.has(key)),
    isUnfolded: model.finding.unfolded.value.has(id),
    of: model.found.value.length,
  };
  return useMemo(
    () => <Face {...props} {...shown} />,
    [model, row, on, line.place, index, isActive, locked, t, ...Object.values(shown)],
  );
}

type Shown = Omit<PlaceAcross, 'counts'> & {
  readonly name: string;
  /** Empty in the person's own row. */
  readonly channel: string;
  /** A number for each role, joined to one text that is easy to compare. */
  readonly counts: string;
  readonly isTicked: boolean;
  readonly isEdited: boolean;
  /** Another admin changed the same seat, and the conflict is not resolved yet. */
  readonly isContested: boolean;
  readonly isUnfolded: boolean;
  readonly of: number;
};

function Face(props: RoleRowProps & Shown): VNode {
  const t = useWords();
  const { model, line, index, isActive, locked, name, role, receiving, channel, isTicked, isEdited } = props;
  const { employee, kind } = line.row;
  const detail = employee.group || employee.email;
  const isCounted = line.kind === 'person' && model.channelsOf().length > 1;
  const tabIndex = isActive ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-label={sentence(props, t)}
      aria-selected={channel === '' ? isTicked : undefined}
      class={`row${isEdited ? ' row-edited' : ''}${channel === '' ? '' : ' row-channel'}`}
      data-employee={channel === '' ? employee.id : undefined}
    >
      <div role="gridcell" class="pick" data-column="pick">
        {channel === '' && (
          <input
            type="checkbox"
            aria-label={t('roles.pick', { name })}
            checked={isTicked}
            aria-disabled={locked || undefined}
            tabIndex={tabIndex}
            onClick={event => {
              if (locked) event.preventDefault();
            }}
            onChange={event => model.finding.tick(employee.id, event.currentTarget.checked)}
          />
        )}
      </div>
      <div role="gridcell" class="who">
        {channel === '' ? (
          <>
            <p>
              <strong>{name}</strong> {/* A namesake's label already has the detail. */}
              {!name.endsWith(`(${detail})`) && <span class="quiet">{detail}</span>}
              {kind === 'newcomer' && <span class="tag tag-edited">{t('roles.newcomer')}</span>}
              {kind === 'stranger' && <span class="tag">{t('roles.notInCrm')}</span>}
              {kind !== 'stranger' && !employee.active && <span class="tag">{t('roles.deactivated')}</span>}
              {isEdited && <span class="tag tag-edited">{t('roles.changed')}</span>}
              {props.isContested && <span class="tag tag-alert">{t('roles.alsoChanged')}</span>}
            </p>
            {/* Hidden until the row is hovered or focused. */}
            <button
              type="button"
              class="why-button quiet"
              aria-label={t('why.title', { name })}
              title={t('why.title', { name })}
              tabIndex={tabIndex}
              onClick={() => model.look.askWhy(employee.id)}
            >
              ?
            </button>
          </>
        ) : (
          channel
        )}
      </div>
      <div role="gridcell" data-column="role">
        {isCounted ? (
          <Counts {...props} tabIndex={tabIndex} />
        ) : (
          <div class="by-role" role="radiogroup" aria-label={t('roles.roleOf', { name })}>
            {OFFERED.map((one, at) => (
              <input
                key={one}
                type="radio"
                class={`mark role-${one ?? 'none'}`}
                aria-label={t(`role.${one ?? 'none'}`)}
                checked={one === role}
                aria-disabled={locked || undefined}
                // Tab reaches only the chosen radio. Without a shared name, each radio would otherwise be a tab stop.
                tabIndex={one === role || (role === 'differs' && at === 0) ? tabIndex : -1}
                onClick={event => {
                  if (locked) event.preventDefault();
                }}
                onChange={() => model.setRole([employee.id], one, line.on)}
              />
            ))}
          </div>
        )}
      </div>
      <div role="gridcell" class="new-clients" data-column="switch">
        {isCounted
          ? receiving > 0 && receiving
          : role !== 'differs' &&
            mayReceiveNewClients(role) && (
              <Switch
                label={t('roles.receivesNewClients')}
                on={props.receivesNewClients === true}
                locked={locked}
                tabIndex={tabIndex}
                onTurn={turned => model.setReceivesNewClients([employee.id], turned, line.on)}
              />
            )}
      </div>
    </div>
  );
}

/**
 * On how many channels the person has each role; the row's accessible name spells it out. A press shows the channels.
 */
function Counts({
  model,
  line,
  name,
  counts,
  isUnfolded,
  tabIndex,
}: RoleRowProps & Shown & { tabIndex: number }): VNode {
  const t = useWords();
  return (
    <button
      type="button"
      class="by-role counts-of"
      aria-expanded={isUnfolded}
      aria-label={t('roles.roleOf', { name })}
      tabIndex={tabIndex}
      onClick={() => model.finding.fold(line.row.employee.id)}
    >
      {counts.split(' ').map((count, at) => (
        // Drawn by the style sheet, because numbers as text would become part of the button's name.
        <span
          key={at}
          class={count === '0' ? 'quiet' : `count role-${OFFERED[at] ?? 'none'}`}
          data-count={count === '0' ? '–' : count}
        />
      ))}
    </button>
  );
}

/** "No role: 3, Sales rep: 1" */
const spelled = (counts: string, t: Words): string =>
  counts
    .split(' ')
    .flatMap((count, at) =>
      count === '0' ? [] : t('panel.counts', { role: t(`role.${OFFERED[at] ?? 'none'}`), count }),
    )
    .join(', ');

/** "Adam Archer, row 12 of 500, Sales rep, receives new clients"; "Wholesale: Adam Archer, No role" */
function sentence(
  { name, channel, line, of, role, counts, receivesNewClients, isEdited }: Shown & RoleRowProps,
  t: Words,
): string {
  return [
    channel === '' ? t('grid.row', { name, place: line.place, of }) : `${channel}: ${name}`,
    role === 'differs' ? spelled(counts, t) : t(`role.${role ?? 'none'}`),
    receivesNewClients === true && t('roles.receivesNewClients').toLowerCase(),
    isEdited && t('roles.changed').toLowerCase(),
  ]
    .filter(Boolean)
    .join(', ');
}
