/**
 * The messages of an app's frame to the CRM's page: the SDK's own protocol (0.15), with one message channel for each call.
 * The SDK checks nothing, so this page does. Unknown arguments are refused, not ignored.
 */
import * as v from 'valibot';

export const SURFACES = ['panel', 'settings', 'modal'] as const;
export type Surface = (typeof SURFACES)[number];

const size = v.strictObject({
  height: v.optional(v.number()),
  width: v.optional(v.number()),
});
const none = v.optional(v.undefined());

/** Arguments of every command that is emulated. */
export const ARGUMENTS = {
  initialize: v.strictObject({ size: v.optional(size) }),
  show_snackbar: v.strictObject({
    message: v.string(),
    link: v.optional(v.strictObject({ url: v.string(), label: v.string() })),
  }),
  show_confirmation: v.strictObject({
    title: v.string(),
    description: v.optional(v.string()),
    okText: v.optional(v.string(), 'OK'),
    cancelText: v.optional(v.string(), 'Cancel'),
    okColor: v.optional(v.picklist(['primary', 'secondary', 'negative']), 'negative'),
  }),
  resize: size,
  open_modal: v.strictObject({
    type: v.literal('custom_modal'),
    action_id: v.string(),
    data: v.optional(v.record(v.string(), v.string())),
  }),
  close_modal: none,
  get_signed_token: none,
  redirect_to: v.strictObject({
    view: v.picklist(['deals', 'contacts', 'settings']),
    id: v.optional(v.union([v.number(), v.string()])),
  }),
  get_metadata: none,
} as const;
export type Command = keyof typeof ARGUMENTS;
export type ArgumentsOf<Name extends Command> = v.InferOutput<(typeof ARGUMENTS)[Name]>;

/** Commands that only one kind of surface has. */
const ONLY_IN: Partial<Record<Command, Surface>> = { close_modal: 'modal' };

/** The page's events. A frame finds out itself whether its tab is visible. */
export const EVENTS = ['visibility', 'close_custom_modal', 'user_settings_change'] as const;
export type EventName = (typeof EVENTS)[number];

export const message = v.object({
  id: v.string(),
  payload: v.variant('type', [
    v.object({ type: v.literal('command'), command: v.string(), args: v.optional(v.unknown()) }),
    v.object({ type: v.literal('listener'), event: v.string() }),
    v.object({ type: v.literal('track'), event: v.string() }),
  ]),
});

type Limits = Readonly<Record<'height' | 'width', readonly [least: number, most: number] | null>>;

type Browser = { readonly height: number; readonly width: number };

/** Limits of each surface, in pixels, within a browser's window of that size. */
const limitsOf = (surface: Surface, browser: Browser): Limits => {
  switch (surface) {
    case 'panel':
      return { height: [100, 750], width: null };
    // What the settings page does with a size is not documented.
    case 'settings':
      return { height: null, width: null };
    case 'modal':
      return { height: [120, browser.height], width: [320, browser.width] };
  }
};

/** Why this surface refuses the size. `null`: it accepts it. */
export function refusalOf(
  surface: Surface,
  wanted: v.InferOutput<typeof size>,
  browser: Browser,
): string | null {
  for (const side of ['height', 'width'] as const) {
    const value = wanted[side];
    const limits = limitsOf(surface, browser)[side];
    if (value === undefined) continue;
    if (!limits) return `A ${surface} has no ${side} of its own`;
    if (value < limits[0] || value > limits[1]) return `${side} ${value} is not within ${limits.join('–')}`;
  }
  return null;
}

export const isCommand = (name: string): name is Command => Object.hasOwn(ARGUMENTS, name);
export const isEvent = (name: string): name is EventName => EVENTS.some(one => one === name);
export const isFor = (command: Command, surface: Surface): boolean =>
  (ONLY_IN[command] ?? surface) === surface;
