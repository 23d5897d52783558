/** `npm run gallery`: takes the gallery's pictures again, for a developer to review the changes. */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
process.env.GALLERY = 'update';
run('npx', ['vitest', 'run', '--project', 'soak', 'test/soak/gallery.test.ts']);
