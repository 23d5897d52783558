/**
 * A frame of the app, and the page's side of the protocol. As in the CRM, a frame that does not report within ten seconds
 * is not shown.
 */
import * as v from 'valibot';
import { element } from '../../page/element.ts';
import type { Observed } from './observed.ts';
import {
  ARGUMENTS,
  isCommand,
  isEvent,
  isFor,
  message,
  refusalOf,
  type ArgumentsOf,
  type Command,
  type EventName,
  type Surface,
} from './protocol.ts';

const REPORTS_WITHIN_MS = 10_000;

/** What the page does for a frame. A thrown error becomes the SDK's error. */
export type Services = {
  readonly [Name in Exclude<Command, 'initialize' | 'resize'>]: (args: ArgumentsOf<Name>) => unknown;
};

export type AppFrame = {
  readonly frame: HTMLIFrameElement;
  readonly emit: (event: EventName, data?: object) => void;
  readonly remove: () => void;
};

export function appFrame(given: {
  readonly surface: Surface;
  readonly title: string;
  /** Without `id`, which each frame adds itself. */
  readonly address: string;
  readonly services: Services;
  readonly observed: Observed;
  readonly onSize: (size: ArgumentsOf<'resize'>) => void;
  /** Called if the frame has not reported, to show something in its place. */
  readonly onSilent: () => void;
}): AppFrame {
  const { surface, observed } = given;
  const identifier = crypto.randomUUID().replaceAll('-', '');
  const address = new URL(given.address);
  address.searchParams.set('id', identifier);
  const frame = element('iframe', {
    src: address.href,
    title: given.title,
    class: `app-frame app-${surface}`,
  });
  const ports = new Map<EventName, MessagePort[]>();
  let isReported = false;
  const silent = setTimeout(() => {
    frame.hidden = true;
    observed.complaints.push(`${surface}: no report within ten seconds`);
    given.onSilent();
  }, REPORTS_WITHIN_MS);

  const resize = (size: ArgumentsOf<'resize'>): void => {
    const refused = refusalOf(surface, size, { height: innerHeight, width: innerWidth });
    if (refused !== null) throw new Error(refused);
    given.onSize(size);
  };
  const done = async (command: Command, args: unknown): Promise<unknown> => {
    const { success, output } = v.safeParse(ARGUMENTS[command], args);
    if (!success) {
      observed.lacking.push(`${command} ${JSON.stringify(args)}`);
      throw new Error(`${command}: these arguments are not known here`);
    }
    if (!isFor(command, surface)) throw new Error(`A ${surface} has no ${command}`);
    if (command === 'initialize') {
      isReported = true;
      clearTimeout(silent);
      const { size } = v.parse(ARGUMENTS.initialize, output);
      return size && resize(size);
    }
    if (!isReported) throw new Error('The frame has not reported yet');
    if (command === 'resize') return resize(v.parse(ARGUMENTS.resize, output));
    return serve(given.services, command, output);
  };
  const hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== frame.contentWindow) return;
    const { success, output } = v.safeParse(message, event.data);
    // A message of another sender, or of a frame without its id.
    if (!success || output.id !== identifier)
      return void observed.complaints.push(`${surface}: a stray message`);
    const { payload } = output;
    const [port] = event.ports;
    if (payload.type === 'track') return;
    if (payload.type === 'listener') {
      if (!port || !isEvent(payload.event)) return void observed.lacking.push(`event ${payload.event}`);
      ports.set(payload.event, [...(ports.get(payload.event) ?? []), port]);
      observed.calls.push(`${surface}: listen ${payload.event}`);
      return;
    }
    const { command, args } = payload;
    observed.calls.push(`${surface}: ${command}`);
    if (!isCommand(command)) {
      observed.lacking.push(`command ${command}`);
      port?.postMessage({ error: 'Unknown command' });
      return;
    }
    done(command, args).then(
      data => port?.postMessage(data === undefined ? {} : { data }),
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown.message : String(thrown);
        observed.complaints.push(`${surface}: ${error}`);
        port?.postMessage({ error });
      },
    );
  };
  addEventListener('message', hear);
  return {
    frame,
    emit: (event, data) =>
      ports.get(event)?.forEach(port => port.postMessage(data === undefined ? {} : { data })),
    remove() {
      removeEventListener('message', hear);
      clearTimeout(silent);
      frame.remove();
    },
  };
}

function serve(
  services: Services,
  command: Exclude<Command, 'initialize' | 'resize'>,
  args: unknown,
): unknown {
  switch (command) {
    case 'show_snackbar':
      return services.show_snackbar(v.parse(ARGUMENTS.show_snackbar, args));
    case 'show_confirmation':
      return services.show_confirmation(v.parse(ARGUMENTS.show_confirmation, args));
    case 'open_modal':
      return services.open_modal(v.parse(ARGUMENTS.open_modal, args));
    case 'redirect_to':
      return services.redirect_to(v.parse(ARGUMENTS.redirect_to, args));
    case 'close_modal':
      return services.close_modal(undefined);
    case 'get_signed_token':
      return services.get_signed_token(undefined);
    case 'get_metadata':
      return services.get_metadata(undefined);
  }
}
