import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Channel, Person, Role, Roles, UserRole } from './calls.ts';

const ROLES: readonly (Role | '')[] = ['', 'seller', 'manager', 'auditor'];
const NAMES = { '': 'No role', seller: 'Sales rep', manager: 'Supervisor', auditor: 'Quality control' };

type Given = {
  people: readonly Person[];
  roles: Roles;
  channels: readonly Channel[];
  onSave: (list: readonly UserRole[]) => Promise<void>;
  onClose: () => void;
};

/** One channel at a time, and a row for each person who is found. */
export function RolesTable({ people, roles, channels, onSave, onClose }: Given): VNode {
  const [channelId, setChannel] = useState(channels[0]?.channelId ?? '');
  const [list, setList] = useState(roles.list);
  const [sought, seek] = useState('');
  const [order, setOrder] = useState<'name' | 'role'>('name');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const held = new Map(list.filter(one => one.channelId === channelId).map(one => [one.userId, one]));
  const roleOf = ({ id }: Person): Role | '' => held.get(id)?.role ?? '';
  const shown = people
    .filter(one => `${one.name} ${one.email}`.toLowerCase().includes(sought.toLowerCase()))
    .sort((one, other) =>
      order === 'role' ? roleOf(one).localeCompare(roleOf(other)) : one.name.localeCompare(other.name),
    );
  const give = (ids: ReadonlySet<string>, role: Role | ''): void => {
    const others = list.filter(one => one.channelId !== channelId || !ids.has(one.userId));
    const given =
      role === ''
        ? []
        : [...ids].map(userId => ({ channelId, userId, role, allowGetNewClients: role === 'seller' }));
    setList([...others, ...given]);
  };
  return (
    <dialog ref={dialog} aria-label="Roles" style="height:80vh;width:60vw;overflow:auto">
      <input type="search" value={sought} onInput={event => seek(event.currentTarget.value)} />
      <select
        aria-label="Channel"
        value={channelId}
        onChange={event => setChannel(event.currentTarget.value)}
      >
        {channels.map(one => (
          <option key={one.channelId} value={one.channelId}>
            {one.name}
          </option>
        ))}
      </select>
      <select
        aria-label="Order"
        value={order}
        onChange={event => setOrder(event.currentTarget.value === 'role' ? 'role' : 'name')}
      >
        <option value="name">By name</option>
        <option value="role">By role</option>
      </select>
      <button type="button" onClick={() => give(new Set(shown.map(({ id }) => id)), 'manager')}>
        All found: Supervisor
      </button>
      <button type="button" onClick={() => setList(roles.list)}>
        Undo all
      </button>
      <button type="button" onClick={() => void onSave(list)}>
        Save
      </button>
      <button type="button" onClick={onClose}>
        Close
      </button>
      <table>
        <tbody>
          {shown.map(person => (
            <tr key={person.id}>
              <td>{person.name}</td>
              <td>
                {ROLES.map(role => (
                  <label key={role}>
                    <input
                      type="radio"
                      name={person.id}
                      checked={roleOf(person) === role}
                      onChange={() => give(new Set([person.id]), role)}
                    />
                    {NAMES[role]}
                  </label>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </dialog>
  );
}
