/**
 * `self.listenSocketChannel`: the CRM notifies the page of changes by others. A message reaches the widget if it has
 * the given keys, one inside the other; the widget gets its payload. A channel that this CRM does not use is reported.
 */
import * as v from 'valibot';
import { socketSchema } from '../wire/socket.ts';
import type { Gaps } from './gaps.ts';

type Listener = (message: unknown) => void;
/** Returns a function that unsubscribes. */
export type Socket = (channel: string, keys?: readonly string[], listener?: Listener) => () => void;

const SPOKEN = /^(contacts|leads):(card:\d+|events)$|^leads:pipeline:\d+$/;
const received = v.pipe(v.string(), v.parseJson(), socketSchema);

export function createSocket(events: EventSource, gaps: Gaps): Socket {
  return (channel, keys = [], listener = () => {}) => {
    if (!SPOKEN.test(channel)) gaps.name(`socket channel ${channel}`);
    const hear = ({ data }: MessageEvent<unknown>): void => {
      const { channels, message } = v.parse(received, data);
      if (!channels.includes(channel) || at(message, keys) === undefined) return;
      try {
        listener(at(message, ['body', 'payload']));
      } catch (error) {
        gaps.tell(`A listener of ${channel}`, error);
        gaps.name(`${channel}: ${String(error)}`);
      }
    };
    events.addEventListener('push', hear);
    return () => events.removeEventListener('push', hear);
  };
}

const at = (message: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((value, key) => Reflect.get(Object(value), key), message);
