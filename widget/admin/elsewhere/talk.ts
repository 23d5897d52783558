/**
 * What the settings page and the roles in a window of their own say to each other, both in one browser. The CRM carries
 * nothing between them but the news that the window is closed.
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
  /** The window shows the roles, or says why it does not. */
  | { readonly kind: 'here' }
  /** Edits that the browser does not keep. None: it keeps all of them, or the admin has given them up. */
  | { readonly kind: 'unstored'; readonly changes: readonly Change[] }
  /** How many roles another admin had changed meanwhile. */
  | { readonly kind: 'saved'; readonly alongside: number }
  /** To the window: the roles are open in the settings page now. */
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

/** `name` is of one opening, so that other tabs hear nothing. `null` where the browser lets our pages not talk. */
export function openTalk(name: string): Talk | null {
  const line = allowed(() => new BroadcastChannel(`crm-chat-roles:${name}`));
  return (
    line && {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
      say: words => void allowed(() => line.postMessage(words)),
      hear(listener) {
        line.addEventListener('message', ({ data }) => {
          const { success, output } = safeParse(said, data);
          if (success) listener(output);
        });
      },
      end: () => line.close(),
    }
  );
}
