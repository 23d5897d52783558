/** `npm run gateway`: the gateway as it runs for a real account. The README names its variables. */
import { load } from './load.mjs';

await load('gateway/listen.ts');
