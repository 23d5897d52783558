import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Calls } from './calls.ts';

type Given = {
  contactId: number;
  owner: string;
  say: (key: string) => string;
  calls: Calls;
};

/** A line and a button. It trusts the answer to the write. */
export function Card({ contactId, owner, say, calls }: Given): VNode {
  const [state, become] = useState<'shown' | 'taking' | 'mine' | 'failed'>('shown');
  const take = async (): Promise<void> => {
    become('taking');
    const me = Number(Reflect.get(Object(window.APP.constant('user')), 'id'));
    const taken = await calls.take(contactId, owner, me).catch(() => false);
    become(taken ? 'mine' : 'failed');
  };
  return (
    <div>
      <span>{say({ shown: 'free', taking: 'claiming', mine: 'mine', failed: 'notLoaded' }[state])}</span>
      {state !== 'mine' && (
        <button type="button" disabled={state === 'taking'} onClick={() => void take()}>
          {say('button')}
        </button>
      )}
    </div>
  );
}
