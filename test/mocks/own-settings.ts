/** Own settings in memory, for stages where the server is never restarted. */
import {
  NOTHING_STORED,
  type StoredOwnSettings,
  type OwnSettings,
} from '../../server/own-settings/own-settings.ts';
import type { HistoryInMemory } from './history.ts';

export function ownSettingsInMemory(history: HistoryInMemory): OwnSettings {
  const accounts = new Map<string, StoredOwnSettings>();
  const read = (id: string): StoredOwnSettings => accounts.get(id) ?? NOTHING_STORED;
  return {
    read: async ({ id }) => read(id),
    async write({ expected, settings, ...change }) {
      const { id } = change.account;
      const before = read(id);
      if (before.version !== expected) return null;
      if (JSON.stringify(before.settings) === JSON.stringify(settings)) return before;
      const after = { version: String(Number(before.version) + 1), settings };
      accounts.set(id, after);
      history.note({ ...change, what: 'own-settings', before: before.settings, after: settings });
      return after;
    },
  };
}
