/** A shape per role, so that roles differ without colours: one's own chat, all chats, an eye, none. */
import type { VNode } from 'preact';
import type { Role } from '../../../../domain/role.ts';

const SHAPES: Readonly<Record<Role | 'none', string>> = {
  seller: 'M2 3h12v8H7l-3 3v-3H2z',
  supervisor: 'M5 2h9v7M2 5h9v6H6l-2 3v-3H2z',
  auditor: 'M1.5 8q6.5-9 13 0q-6.5 9-13 0zM8 6.4a1.6 1.6 0 1 0 .1 0z',
  none: 'M8 2a6 6 0 1 0 .1 0zM4 12l8-8',
};

export function RoleIcon({ role }: { role: Role | null }): VNode {
  const name = role ?? 'none';
  return (
    <svg class={`icon role-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
