/** The app as registered in the Developer Hub: one for all companies. Each person allows it for themselves. */
export type PipedriveApp = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs the tokens about the person that pages receive; the client secret unless a surface has its own. */
  jwtSecret: string;
  /** Receives codes by GET, uninstalls by DELETE and sharing by POST. */
  callback: string;
  /** The scopes that people are asked to allow from now on. */
  scopes: readonly string[];
};

export const PIPEDRIVE_SCOPES: readonly string[] = [
  'base',
  'contacts:full',
  'deals:full',
  'activities:full',
  'users:read',
  'recents:read',
  'webhooks:full',
];

export function newApp(callback: string): PipedriveApp {
  const clientSecret = 'what Pipedrive and our server alone know';
  return {
    clientId: '5f0c9d1e7a3b4c2d',
    clientSecret,
    jwtSecret: clientSecret,
    callback,
    scopes: PIPEDRIVE_SCOPES,
  };
}
