/**
 * The body of a v2 webhook. Ids in `meta` and `visible_to` are texts, unlike elsewhere. The previous record contains
 * the changed fields according to samples, and all fields according to a table.
 */
import type { Change } from '../../world/pipedrive/changes.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { User } from '../../world/pipedrive/users.ts';
import type { WebhookContent } from '../../world/pipedrive/webhook-deliveries.ts';
import type { World } from '../../world/world.ts';
import { wireActivity } from './activities.ts';
import { wireDeal } from './deal-wire.ts';
import { wireNote } from './notes.ts';
import { wirePerson } from './person-wire.ts';
import { accessOf } from './user-wire.ts';

type Fields = Readonly<Record<string, unknown>>;

export function webhookBody(
  world: World,
  company: Company,
  { webhook, change, eventId, permitted }: WebhookContent,
  attempt: number,
): unknown {
  const { oddities } = world.pipedrive;
  const { action, entity, actor, record } = change;
  const id = String(record.id);
  const isSeconds = entity === 'user' && oddities.userEventTime === 'seconds';
  const [now = {}, then] = [wireOf(company, change, 'record'), wireOf(company, change, 'before')];
  const isGone = action === 'delete';
  return {
    meta: {
      action,
      entity,
      entity_id: id,
      company_id: String(company.id),
      user_id: String(actor.userId),
      change_source: actor.source ?? 'app',
      attempt,
      is_bulk_edit: actor.isBulk ?? false,
      version: '2.0',
      type: 'application',
      webhook_id: String(webhook.id),
      webhook_owner_id: String(webhook.ownerId),
      // For a user, it is only their own id.
      id: entity === 'user' ? id : eventId,
      correlation_id: change.correlationId,
      host: company.host,
      timestamp: isSeconds ? Math.floor(change.at / 1000) : new Date(change.at).toISOString(),
      ...(permitted && { permitted_user_ids: permitted.map(String) }),
      ...(change.mergedTo !== undefined && { merged_to_id: String(change.mergedTo) }),
      ...(change.mergedFrom !== undefined && { merged_from_id: String(change.mergedFrom) }),
    },
    data: isGone ? null : now,
    previous: isGone ? then : then ? previousOf(then, now, oddities.hookPrevious) : null,
  };
}

const previousOf = (then: Fields, now: Fields, kind: 'changed' | 'whole'): Fields =>
  kind === 'whole'
    ? then
    : Object.fromEntries(
        Object.entries(then).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now[key])),
      );

/** The record after or before a change. */
function wireOf(company: Company, change: Change, when: 'record' | 'before'): Fields | undefined {
  switch (change.entity) {
    case 'person':
      return change[when] && asHookSays(wirePerson(change[when]));
    case 'deal':
      return change[when] && asHookSays(wireDeal(change[when]));
    case 'note':
      return change[when] && wireNote(company, change[when]);
    case 'activity':
      return change[when] && wireActivity(change[when]);
    case 'user':
      return change[when] && wireHookUser(change[when]);
  }
}

const asHookSays = (fields: Fields): Fields => ({ ...fields, visible_to: String(fields['visible_to']) });

const wireHookUser = (user: User): Fields => ({
  id: String(user.id),
  name: user.name,
  email: user.email,
  active_flag: user.isActive,
  is_deleted: user.isDeleted,
  role_id: user.roleId,
  access: accessOf(user),
});
