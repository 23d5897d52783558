/** What can be wrong with an account that no page of ours is open to show. */
import * as v from 'valibot';

/**
 * - `key-refused`: the chat service no longer takes the account's key
 * - `channel-down`: a channel carries no messages
 * - `shared`: another CRM account is connected to the same chat account
 * - `roles-ended`: the chat service no longer lets us write roles
 * - `hooks-off`: the CRM does not call us when something changes
 * - `late`: the chat service knows less than the CRM, and for too long
 * - `fought`: something in the CRM changes back whom a client belongs to
 * - `needs-reauth`: the CRM no longer lets us in, so that nothing can be said there either
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
/** Those that an administrator is told of in the CRM. */
export type ToldKind = Exclude<AlarmKind, 'needs-reauth'>;

/** What is wrong now. `channels`: the names of those that are down; none for every other kind. */
export type Trouble = { readonly kind: ToldKind; readonly channels: readonly string[] };
