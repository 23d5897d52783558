/**
 * Ends test files that hang: a loop in a worker stops the worker's own time-outs too, so it is watched from outside. When
 * nothing has ended for longer than any single test may take, the files still running are named and their workers killed,
 * at which vitest fails.
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
    console.error(`Nothing has ended for ${patienceMs / 1000} s. Still running: ${[...running].join(', ')}`);
    const { status } = spawnSync('pkill', ['-KILL', '-P', String(process.pid)]);
    // Where children cannot be found, the run ends with them.
    if (status !== 0) process.exit(1);
  };
  return {
    onTestModuleQueued({ relativeModuleId, project }) {
      // The office's long day is one test of half an hour.
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
