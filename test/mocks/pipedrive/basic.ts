/** How the app and Pipedrive authenticate to each other: name and secret in Basic format. */
import type { PipedriveApp } from '../../world/pipedrive/app.ts';

export const basicOf = ({
  clientId,
  clientSecret,
}: Pick<PipedriveApp, 'clientId' | 'clientSecret'>): string => basic(clientId, clientSecret);

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
