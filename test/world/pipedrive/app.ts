/** Our app as the Developer Hub keeps it (B1): one for all companies. Each person allows it for themselves. */
export type PipedriveApp = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs what the pages are told of their person; the client secret unless a surface has one of its own. */
  jwtSecret: string;
  /** Gets codes with GET, news of an uninstall with DELETE, of sharing with POST. */
  callback: string;
  /** What people are asked to allow, from then on. */
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
