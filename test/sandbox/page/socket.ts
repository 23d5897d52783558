/**
 * `self.listenSocketChannel`: the CRM tells the page what others change. A message reaches the widget when it has the
 * keys, one inside the other; the widget is handed its payload. A channel on which this CRM says nothing is named.
 */
import * as v from 'valibot';
import { socketSchema } from '../wire/socket.ts';
import type { Gaps } from './gaps.ts';

type Listener = (message: unknown) => void;
/** Returns its undo. */
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
