/**
 * Messages between the settings page and the separate window with the roles, in one browser. The CRM itself only reports
 * that the window is closed.
 */
import {
  boolean,
  literal,
  nullable,
  number,
  picklist,
  safeParse,
  array,
  string,
  union,
  type GenericSchema,
} from 'valibot';
import { ROLES } from '../../../domain/role.ts';
import { allowed } from '../../browser/storage.ts';
import type { Dispose } from '../../host/host.ts';
import { object } from '../../http/object.ts';
import type { Change } from '../roles/rules/draft.ts';

const choice = object({ role: nullable(picklist(ROLES)), receivesNewClients: boolean() });
const changes: GenericSchema<unknown, Change[]> = array(
  object({
    seat: object({ channelId: string(), employeeId: string() }),
    before: choice,
    after: choice,
  }),
);

export type Said =
  /** The window shows the roles, or why it cannot show them. */
  | { readonly kind: 'here' }
  /** Edits that the browser could not store. Empty if it has stored them all, or if the admin has discarded them. */
  | { readonly kind: 'unstored'; readonly changes: readonly Change[] }
  /** The window has saved the roles. `alongside`: how many roles another admin changed in the meantime. */
  | { readonly kind: 'saved'; readonly alongside: number }
  /** Sent to the window: the roles are now open in the settings page. */
  | { readonly kind: 'taken-over' };

const said: GenericSchema<unknown, Said> = union([
  object({ kind: picklist(['here', 'taken-over']) }),
  object({ kind: literal('unstored'), changes }),
  object({ kind: literal('saved'), alongside: number() }),
]);

export type Talk = {
  readonly say: (words: Said) => void;
  readonly hear: (listener: (words: Said) => void) => void;
  readonly end: Dispose;
};

/**
 * `name` is different for each window, so that other tabs get no messages. `null` if the browser has no such channels.
 */
export function openTalk(name: string): Talk | null {
  const channel = allowed(() => new BroadcastChannel(`crm-chat-roles:${name}`));
  return (
    channel && {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target origin
      say: words => void allowed(() => channel.postMessage(words)),
      hear(listener) {
        channel.addEventListener('message', ({ data }) => {
          const { success, output } = safeParse(said, data);
          if (success) listener(output);
        });
      },
      end: () => channel.close(),
    }
  );
}
