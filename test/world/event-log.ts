/** The CRM's log of owner changes. A change is recorded at once and in order, but may be readable only later. */
import { seconds, type Clock } from './clock.ts';

/** The id sorts by time, like the CRM's own ids. */
export type OwnerChange = {
  readonly id: string;
  readonly entityType: 'contact' | 'lead';
  readonly entityId: number;
  readonly createdBy: number;
  /** Whole seconds. */
  readonly createdAt: number;
  /** Milliseconds. Until then the event is not returned. */
  readonly readableAt: number;
  readonly before: number;
  readonly after: number;
};

export type EventLog = {
  readonly ownerChanges: OwnerChange[];
  readonly record: (
    change: Pick<OwnerChange, 'entityType' | 'entityId' | 'createdBy' | 'before' | 'after'>,
  ) => void;
};

/** `lag` returns milliseconds and is called at each write, so two changes may become readable in the opposite order. */
export function createEventLog(clock: Clock, lag: () => number): EventLog {
  const ownerChanges: OwnerChange[] = [];
  return {
    ownerChanges,
    record: change => {
      ownerChanges.push({
        id: ulid(clock.now(), ownerChanges.length),
        createdAt: seconds(clock),
        readableAt: clock.now() + lag(),
        ...change,
      });
    },
  };
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters that sort by time, then by order of creation. */
function ulid(milliseconds: number, order: number): string {
  const digits = (value: number, length: number): string =>
    Array.from({ length }, (_, at) => CROCKFORD[Math.floor(value / 32 ** (length - 1 - at)) % 32]).join('');
  return digits(milliseconds, 10) + digits(order, 16);
}
