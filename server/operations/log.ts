/**
 * The server's log: one JSON object per line, with only the fields that are named here. No token, code, key, name, phone, query
 * or body can get into it, because there is no field for one. Of an error it shows where it was thrown and not its message,
 * which may quote anything.
 */
import pino from 'pino';

export type Entry =
  | { readonly event: 'listening'; readonly port: number; readonly metricsPort: number | null }
  | { readonly event: 'stopping' }
  | {
      readonly event: 'request';
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly milliseconds: number;
      /** The row id of the account whose page sent the request. */
      readonly account?: string | undefined;
      /** The employee's id in the CRM, when the token was accepted. */
      readonly employee?: string | undefined;
    }
  | {
      readonly event: 'outgoing';
      readonly to: string;
      readonly outcome: string;
      readonly status?: number | undefined;
      readonly milliseconds: number;
    }
  | { readonly event: 'alarm'; readonly account: string; readonly kind: string }
  | { readonly event: 'key-unused'; readonly code: string }
  | { readonly event: 'job-failed'; readonly job: string; readonly error: unknown }
  | { readonly event: 'defect'; readonly error: unknown };

export type Log = (entry: Entry) => void;

const FRAMES = 8;

/** `write` receives whole lines; by default they go to the standard output. */
export function createLog(write?: (line: string) => void): Log {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  const logger = write ? pino(options, { write }) : pino(options);
  return entry => {
    switch (entry.event) {
      case 'listening':
        return logger.info({ port: entry.port, metricsPort: entry.metricsPort }, entry.event);
      case 'stopping':
        return logger.info(entry.event);
      case 'request': {
        const { method, route, status, milliseconds, account, employee } = entry;
        return logger.info({ method, route, status, milliseconds, account, employee }, entry.event);
      }
      case 'outgoing': {
        const { to, outcome, status, milliseconds } = entry;
        return logger.warn({ to, outcome, status, milliseconds }, entry.event);
      }
      case 'alarm':
        return logger.warn({ account: entry.account, kind: entry.kind }, entry.event);
      case 'key-unused':
        return logger.error({ code: entry.code }, entry.event);
      case 'job-failed':
        return logger.error({ job: entry.job, ...placeOf(entry.error) }, entry.event);
      case 'defect':
        return logger.error(placeOf(entry.error), entry.event);
    }
  };
}

/** The kind of the error, the code of the database or the network, and the place. */
function placeOf(error: unknown): {
  readonly name: string;
  readonly code?: string;
  readonly at?: readonly string[];
} {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return {
    name: /^\w{1,40}$/.test(error.name) ? error.name : 'Error',
    ...(/^[A-Z0-9_]{1,40}$/.test(code) && { code }),
    at: frames.slice(0, FRAMES).map(line => line.trim()),
  };
}

/**
 * A path as the log and the metrics show it. Words are kept; everything else may be an id or a secret. Addresses that do not
 * exist can contain anything, so they all get the same name.
 */
export function routeOf(path: string, status: number): string {
  if (status === 404) return '(unknown)';
  const parts = path.split('/').map(part => (/^(?:v\d|[a-z][a-z-]{0,19})?$/.test(part) ? part : ':id'));
  return parts.slice(0, 6).join('/');
}
