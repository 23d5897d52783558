/** The server's half of `npm run build`: writes what a server needs to dist/server/. */
import { fileURLToPath } from 'node:url';
import { buildServer } from './build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
await buildServer(root, `${root}/dist/server`);
console.log('dist/server/server.mjs');
