/** The part of the package for the history. It loads when a person opens the history. */
import { historyServer } from '../account/history.ts';
import type { Reached } from '../account/server.ts';
import { openHistory, type OpenHistory } from '../admin/history/part.tsx';

export const connectHistory = (reached: Reached): OpenHistory => openHistory(historyServer(reached));
