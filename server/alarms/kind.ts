/** The kinds of trouble that an account can have while no page of ours is open to show it. */
import * as v from 'valibot';

/**
 * - `key-refused`: the chat service no longer accepts the account's key
 * - `channel-down`: a channel carries no messages
 * - `shared`: another CRM account is connected to the same chat account
 * - `roles-ended`: the chat service no longer lets us write roles
 * - `hooks-off`: the CRM does not call us when something changes
 * - `late`: the chat service has been behind the CRM for too long
 * - `fought`: something in the CRM keeps changing back who owns a client
 * - `needs-reauth`: the CRM no longer gives us access, so we cannot write a task there either
 */
export const alarmKinds = v.picklist([
  'key-refused',
  'channel-down',
  'shared',
  'roles-ended',
  'hooks-off',
  'late',
  'fought',
  'needs-reauth',
]);
export type AlarmKind = v.InferOutput<typeof alarmKinds>;
/** The kinds that an administrator is notified of in the CRM. */
export type ToldKind = Exclude<AlarmKind, 'needs-reauth'>;

/** Current trouble. `channels`: the names of the channels that are down; empty for every other kind. */
export type Trouble = { readonly kind: ToldKind; readonly channels: readonly string[] };
