/** What has happened since roles were last set: new people, people who left, a channel without any role. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import { withCopiedChannel } from './across.ts';
import { placeAt, withPlaces } from './draft.ts';
import { Leavers } from './Leavers.tsx';
import type { RolesModel } from './model.ts';
import { namesOf } from './names.ts';
import { startsReceivingNewClients } from '../domain/role.ts';

export function Hints({ model }: { model: RolesModel }): VNode | null {
  if (!model.writable) return null;
  return (
    <>
      <Newcomers model={model} />
      <Leavers model={model} />
      <EmptyChannel model={model} />
    </>
  );
}

/** Their role is proposed, and granted by nobody but Save. */
function Newcomers({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const proposals = model.rows.value
    .filter(row => row.kind === 'newcomer')
    .map(({ employee }) => ({ employee, role: model.newcomerRole(employee) }))
    .filter(({ employee, role }) => role !== null && isWithout(model, employee.id));
  if (proposals.length === 0) return null;
  const propose = (): void =>
    model.edit(draft =>
      withPlaces(
        draft,
        proposals.flatMap(({ employee, role }) =>
          model.channelIds.value.map(channelId => ({
            channelId,
            employeeId: employee.id,
            role,
            receivesNewClients: startsReceivingNewClients(role),
          })),
        ),
      ),
    );
  return (
    <Notice tone="info" action={<Button onPress={propose}>{t('hint.propose')}</Button>}>
      {t('hint.newcomers', {
        count: proposals.length,
        names: namesOf(
          proposals.map(({ employee }) => employee),
          t,
        ),
      })}
    </Notice>
  );
}

/** A channel that was added later starts from a choice, not from nothing. */
function EmptyChannel({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const channel = model.channels.find(one => one.id === model.scope.value);
  const places = [...model.draft.value.base.values(), ...model.draft.value.edits.values()];
  if (!channel || !model.hasRoles || places.some(place => place.channelId === channel.id)) return null;
  const sources = model.channels.filter(one => places.some(place => place.channelId === one.id));
  const employeeIds = model.rows.value.map(row => row.employee.id);
  return (
    <Notice
      tone="info"
      action={
        <div class="actions">
          {sources.map(source => (
            <Button
              key={source.id}
              onPress={() =>
                model.edit(draft =>
                  withCopiedChannel(draft, { from: source.id, to: channel.id, employeeIds }),
                )
              }
            >
              {t('hint.copyFrom', { channel: source.name })}
            </Button>
          ))}
        </div>
      }
    >
      {t('hint.emptyChannel', { channel: channel.name })}
    </Notice>
  );
}

const isWithout = ({ draft, channels }: RolesModel, employeeId: string): boolean =>
  channels.every(({ id }) => placeAt(draft.value, { channelId: id, employeeId }).role === null);
