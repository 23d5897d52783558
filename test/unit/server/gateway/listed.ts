/** The gateway's own list of its routes, to be compared with a test's table. */
import { gatewayRoutes } from '../../../../server/gateway/routes.ts';

export const ROUTES: readonly { readonly name: string; readonly on: RegExp }[] = [
  ...new Set(
    gatewayRoutes.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
].map(name => ({ name, on: new RegExp(`^${name.replace(/:id\{(.*)\}/, '$1')}(\\?.*)?$`) }));
