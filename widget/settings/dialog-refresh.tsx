/** The panel's refresh, as the roles dialog needs it. */
import { computed } from '@preact/signals';
import type { DialogRefresh } from '../roles/model/model.ts';
import type { RefreshModel, RefreshState } from './refresh-model.ts';
import { RefreshReport } from './RefreshReport.tsx';

export const dialogRefresh = (refresh: RefreshModel): DialogRefresh => ({
  run: refresh.run,
  isRunning: computed(() => refresh.state.value.kind === 'running'),
  moved: computed(() => movedIn(refresh.state.value)),
  report: () => <RefreshReport refresh={refresh} />,
});

function movedIn(state: RefreshState): ReadonlySet<string> {
  if (state.kind === 'idle' || state.steps.employees.kind !== 'done') return new Set();
  return new Set(state.steps.employees.result.changes.moved.map(({ id }) => id));
}
