/** The gateway's routes as it lists them, to be held against a test's own table. */
import { gatewayRoutes } from '../../../../server/gateway/routes.ts';

export const ROUTES: readonly { readonly name: string; readonly on: RegExp }[] = [
  ...new Set(
    gatewayRoutes.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
].map(name => ({ name, on: new RegExp(`^${name.replace(/:id\{(.*)\}/, '$1')}(\\?.*)?$`) }));
