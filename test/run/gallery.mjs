/** `npm run gallery`: takes the gallery's pictures anew, for somebody to look at what has changed. */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
process.env.GALLERY = 'update';
run('npx', ['vitest', 'run', '--project', 'soak', 'test/soak/gallery.test.ts']);
