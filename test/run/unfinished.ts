/**
 * Ends test files that hang. An endless loop in a worker also stops the worker's own timeouts, so it is watched from
 * outside. If no test has ended for longer than a single test may take, the running files are named and their workers
 * killed, which makes vitest fail.
 */
import { spawnSync } from 'node:child_process';
import type { Reporter } from 'vitest/node';

const PATIENCE_MS = 5 * 60_000;

export function unfinishedFiles(patienceMs = PATIENCE_MS): Reporter {
  const running = new Set<string>();
  let alarm: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(alarm);
    if (running.size > 0) alarm = setTimeout(giveUp, patienceMs);
  };
  const giveUp = (): void => {
    console.error(`No test has ended for ${patienceMs / 1000} s. Still running: ${[...running].join(', ')}`);
    const { status } = spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
    // If the child processes cannot be found, the whole run is ended.
    if (status !== 0) process.exit(1);
  };
  return {
    onTestModuleQueued({ relativeModuleId, project }) {
      // The office's day is a single test of half an hour.
      if (!project.name.startsWith('soak')) running.add(relativeModuleId);
      wait();
    },
    onTestCaseResult: wait,
    onTestModuleEnd({ relativeModuleId }) {
      running.delete(relativeModuleId);
      wait();
    },
    onTestRunEnd() {
      running.clear();
      wait();
    },
  };
}
