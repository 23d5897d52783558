/** A stable id in UUID format. `kind` separates the ids of people from those of accounts. */
export const uuidOf = (
  kind: 'chat-user' | 'user' | 'chat-account' | 'account' | 'group',
  id: number,
): string => `${PREFIX[kind]}000000-0000-4000-8000-${String(id).padStart(12, '0')}`;

const PREFIX = { 'chat-user': '0a', user: '0b', 'chat-account': '0c', account: '0d', group: '0e' } as const;
