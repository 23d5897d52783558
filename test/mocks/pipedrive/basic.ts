/** How the app and Pipedrive show each other who they are: name and secret, as Basic writes them. */
import type { PipedriveApp } from '../../world/pipedrive/app.ts';

export const basicOf = ({
  clientId,
  clientSecret,
}: Pick<PipedriveApp, 'clientId' | 'clientSecret'>): string => basic(clientId, clientSecret);

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
