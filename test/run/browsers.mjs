/**
 * `npm run browsers`: runs the main story in Firefox, in WebKit and in the oldest supported Chromium, and checks the
 * message in an even older one. Browser names as parameters limit the run to them. PICTURES=folder saves a picture of
 * each step.
 */
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';

ensureInstalled();
const { findFirefox, findOldChromium, findWebKit, Missing } = await load('test/run/engines.ts');

/**
 * Stories that need no feature specific to Chromium. Playwright's support for Firefox is new, so each gets a second
 * try.
 */
const IN_FIREFOX = ['two-sellers', 'why-button', 'connecting', 'claim', 'list', 'trial', 'own-settings'];
const IN_OLD_CHROMIUM = ['test/stories', 'test/browser/widget'];
/** Old Chromium wraps a word of twenty thousand letters a few letters too late. */
const NOT_IN_OLD_CHROMIUM = 'hostile names are text in the card of a contact';

const vitest = (parameters, environment = {}) =>
  spawnSync('npx', ['vitest', 'run', ...parameters], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  }).status === 0;

const BROWSERS = {
  firefox: () =>
    vitest(
      ['--project', 'browser', '--retry', '1', ...IN_FIREFOX.map(name => `test/stories/${name}.test.ts`)],
      { FIREFOX_PATH: findFirefox() },
    ),
  webkit() {
    findWebKit();
    return vitest(['--project', 'engines', 'test/engines/webkit.test.ts']);
  },
  'chromium-109'() {
    const environment = { CHROMIUM_PATH: findOldChromium('109', root) };
    const tried = [
      ['--project', 'browser', ...IN_OLD_CHROMIUM],
      ['--project', 'soak', 'test/browser/hostile', '--testNamePattern', `^(?!.*${NOT_IN_OLD_CHROMIUM})`],
    ].map(parameters => vitest(parameters, environment));
    return tried.every(Boolean);
  },
  'chromium-107': () =>
    vitest(['--project', 'engines', 'test/engines/too-old.test.ts'], {
      CHROMIUM_PATH: findOldChromium('107', root),
    }),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !(name in BROWSERS));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')} is unknown: choose ${Object.keys(BROWSERS).join(', ')}.`);
  process.exit(1);
}

const told = [];
for (const [name, tell] of Object.entries(BROWSERS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  try {
    told.push(`${name}: ${tell() ? 'passed' : 'failed'}`);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    told.push(`${name}: not run. ${error.message}`);
  }
}
console.log(`\n${told.join('\n')}`);
process.exitCode = told.every(one => one.endsWith('passed')) ? 0 : 1;
