/** The keys that encrypt account data in test databases. */
import { accountSealIn, type AccountSeal } from '../../server/store/account-seal.ts';
import type { Database } from '../../server/store/database.ts';
import { sealWith, type KeyRing, type Seal } from '../../server/store/seal.ts';

const RING: KeyRing = [{ id: 'a', key: new Uint8Array(32) }];

export const sealIn = (database: Database, ringSeal: Seal = sealWith(RING)): AccountSeal =>
  accountSealIn({ database, ringSeal, now: () => new Date() });
