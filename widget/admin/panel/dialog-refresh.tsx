/** The panel's refresh, as the roles dialog needs it. */
import { computed } from '@preact/signals';
import type { DialogRefresh } from '../roles/model/model.ts';
import type { RefreshModel } from './refresh.ts';
import { RefreshReport } from './RefreshReport.tsx';

export const dialogRefresh = (refresh: RefreshModel): DialogRefresh => ({
  run: refresh.run,
  isRunning: computed(() => refresh.state.value.kind === 'running'),
  report: () => <RefreshReport refresh={refresh} />,
});
