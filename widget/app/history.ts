/** The history's part of the package: it loads when somebody wants to see it. */
import { historyServer } from '../account/history.ts';
import type { Reached } from '../account/server.ts';
import { openHistory, type OpenHistory } from '../admin/history/part.tsx';

export const connectHistory = (reached: Reached): OpenHistory => openHistory(historyServer(reached));
