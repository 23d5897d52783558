/** Adapts the panel's refresh to the roles dialog. */
import { computed } from '@preact/signals';
import type { DialogRefresh } from '../roles/model/model.ts';
import type { RefreshModel } from './refresh.ts';
import { RefreshReport } from './RefreshReport.tsx';

export const dialogRefresh = (refresh: RefreshModel): DialogRefresh => ({
  run: refresh.run,
  isRunning: computed(() => refresh.state.value.kind === 'running'),
  report: () => <RefreshReport refresh={refresh} />,
});
