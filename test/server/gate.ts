/**
 * Lets what a program asks of others through one by one, at the test's word. A program that is never let through again is one
 * that was killed between two awaits: nothing of it happens any more, and nobody hears of it.
 */
import {
  CamelCasePlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
} from 'kysely';
import type { Database } from '../../server/store/database.ts';
import type { Tables } from '../../server/store/tables.ts';

export type Gate = {
  /** Waits until it is let through. */
  readonly through: <T>(act: () => Promise<T>) => Promise<T>;
  /** Somebody waits. */
  readonly arrival: () => Promise<void>;
  /** Lets the first one through, and ends when that has been done. */
  readonly open: () => Promise<void>;
};

export function createGate(): Gate {
  const waiting: (() => Promise<void>)[] = [];
  let heard: (() => void) | undefined;
  return {
    through: act =>
      new Promise((resolve, reject) => {
        waiting.push(() => act().then(resolve, reject));
        heard?.();
      }),
    arrival: () => (waiting.length > 0 ? Promise.resolve() : new Promise(resolve => (heard = resolve))),
    async open() {
      await waiting.shift()?.();
    },
  };
}

/** The same tables; each query of it waits at the gate. It has no transactions. */
export function databaseBehind(gate: Gate, database: Database): Database {
  const inner = database.withoutPlugins();
  const connection: DatabaseConnection = {
    executeQuery: query => gate.through(() => inner.executeQuery<never>(query)),
    streamQuery: noTransactions,
  };
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: kysely => new PostgresIntrospector(kysely),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        releaseConnection: nothing,
        destroy: nothing,
        beginTransaction: noTransactions,
        commitTransaction: noTransactions,
        rollbackTransaction: noTransactions,
      }),
    },
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

const nothing = async (): Promise<void> => undefined;
function noTransactions(): never {
  throw new Error('Behind a gate there are no transactions');
}
