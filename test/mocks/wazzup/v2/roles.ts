/**
 * Roles of the partner API. Its body is not documented: this is v1's format in the style of v2 (inferred), and the list
 * is replaced as a whole, as in v1. Other values of the service stay.
 */
import * as v from 'valibot';
import type { UserRole } from '../../../world/chat.ts';
import { partnerRoute, type PartnerRoute } from './route.ts';

const role = v.strictObject({
  channel_id: v.string(),
  user_id: v.string(),
  role: v.picklist(['seller', 'manager', 'auditor']),
  allow_get_new_clients: v.boolean(),
});
const settings = v.strictObject({
  push_input_output_message_events_for_managers: v.exactOptional(v.boolean()),
  user_roles: v.exactOptional(v.array(role)),
});

const wireRole = ({ channelId, userId, role, allowGetNewClients }: UserRole): object => ({
  channel_id: channelId,
  user_id: userId,
  role,
  allow_get_new_clients: allowGetNewClients,
});

export const roleRoutes: readonly PartnerRoute[] = [
  partnerRoute('GET /v2/settings', undefined, ({ world: { chat } }) => ({
    push_input_output_message_events_for_managers: chat.settings.pushInputOutputMessageEventsForManagers,
    user_roles: chat.settings.userRoles.map(wireRole),
  })),
  partnerRoute('PATCH /v2/settings', settings, ({ world: { chat }, body }) => {
    const { push_input_output_message_events_for_managers: push, user_roles: roles } = body;
    chat.settings = {
      ...chat.settings,
      ...(push !== undefined && { pushInputOutputMessageEventsForManagers: push }),
      ...(roles && {
        userRoles: roles.map(({ channel_id, user_id, role, allow_get_new_clients }) => ({
          channelId: channel_id,
          userId: user_id,
          role,
          allowGetNewClients: allow_get_new_clients,
        })),
      }),
    };
    return {};
  }),
];
