/** `npm run server`: the server as it runs for a real account. The README names its variables. */
import { load } from './load.mjs';

await load('server/node/listen.ts');
