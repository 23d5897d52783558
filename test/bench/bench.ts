/**
 * `npm run bench` measures the built widget, the lowest possible cost, and a plain widget that does the same jobs, in one run
 * on this machine, and fails above the budgets. `--only bytes,card` measures parts; `--peers` measures only the roles dialog,
 * next to two grids that it installs.
 */
import { ANY_SERVER } from '../sandbox/installed-package.ts';
import { chromium } from 'playwright';
import { packWidget } from '../../widget/package/package.ts';
import { BROWSER_FLAGS, findBrowser } from '../run/browser.ts';
import { measureBytes } from './bytes.ts';
import { measureCard } from './card.ts';
import { measureClaim } from './claim.ts';
import { measureLeaks } from './leaks.ts';
import type { Line } from './line.ts';
import { measureLoading } from './loading.ts';
import type { Bench } from './office.ts';
import { comparedWithPeers } from './peers/peers.ts';
import { measureRoles } from './roles.ts';
import { measureServer } from './server.ts';
import { packPlain } from './plain/pack.ts';
import { complaintsOf, tableOf } from './table.ts';

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<readonly Line[]>>> = {
  bytes: measureBytes,
  card: measureCard,
  claim: measureClaim,
  roles: measureRoles,
  loading: measureLoading,
  leaks: measureLeaks,
  server: measureServer,
};

/** The exit code: 0 when every budget is kept. */
export async function bench(root: string, only: readonly string[], peers = false): Promise<number> {
  const unknown = only.filter(name => !(name in PARTS));
  if (unknown.length > 0) {
    say(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.`);
    return 1;
  }
  const { zip: ours } = (await packWidget({ root, chatUrl: ANY_SERVER })).amocrm;
  const plain = await packPlain(root, ours);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...BROWSER_FLAGS] });
  const lines: Line[] = [];
  const failures: string[] = [];
  try {
    if (peers) {
      say(await comparedWithPeers({ root, browser, ours, plain }));
      return 0;
    }
    for (const [name, measure] of Object.entries(PARTS)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const started = performance.now();
      const measured = await measure({ root, browser, ours, plain }).catch((error: unknown) => {
        failures.push(`NOT MEASURED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      });
      lines.push(...measured);
      say(`\n${tableOf(measured)}\n  ${((performance.now() - started) / 1000).toFixed(0)} s`);
    }
  } finally {
    await browser.close();
  }
  const complaints = complaintsOf(lines);
  const budgets = lines.filter(({ budget }) => budget).length;
  say(
    `\n${[...complaints, ...failures, `${budgets - complaints.length} of ${budgets} budgets kept`].join('\n')}`,
  );
  return complaints.length + failures.length > 0 ? 1 : 0;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
