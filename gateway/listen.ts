/**
 * Starts the gateway of one account (`npm run gateway`).
 *
 * Needs CRM_ORIGIN, INTEGRATION_ID, INTEGRATION_SECRET, GATEWAY_ORIGIN and WAZZUP_KEY. May have PORT (8080),
 * ADMINS (ids, separated by commas, for tokens that do not name administrators), WAZZUP_KEY_KIND (partner,
 * v3 or sidecar), WAZZUP_API and WAZZUP_SETTINGS.
 */
import { configFrom, Misconfigured } from './environment.ts';
import { createGatewayServer } from './server.ts';

try {
  const { config, port } = configFrom(process.env);
  const server = createGatewayServer(config, line => console.log(line));
  server.listen(port, () => {
    const address = server.address();
    const taken = typeof address === 'object' && address ? address.port : port;
    console.log(`The gateway of ${config.crm.issuer} listens on port ${taken}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
} catch (error) {
  if (!(error instanceof Misconfigured)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
