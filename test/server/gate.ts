/**
 * Lets a program's requests and queries through one by one, when the test says so. A program that is never let through
 * again is like one that was killed between two awaits: it does nothing more and reports nothing.
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
  /** Resolves when a call waits. */
  readonly arrival: () => Promise<void>;
  /** Lets the first call through, and resolves when it is done. */
  readonly open: () => Promise<void>;
};

export function createGate(): Gate {
  const waiting: (() => Promise<void>)[] = [];
  let arrived: (() => void) | undefined;
  return {
    through: act =>
      new Promise((resolve, reject) => {
        waiting.push(() => act().then(resolve, reject));
        arrived?.();
      }),
    arrival: () => (waiting.length > 0 ? Promise.resolve() : new Promise(resolve => (arrived = resolve))),
    async open() {
      await waiting.shift()?.();
    },
  };
}

/** The same tables, where each query waits at the gate. It has no transactions. */
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
