/**
 * One of the frames in which two people are shown side by side. Each stands for a whole screen, so what the CRM puts
 * away on a small screen stays in sight here, as long as there is room for it.
 */
export const isHalf = (): boolean => window.top !== window;

const ROOM = '(min-width: 560px)';

export const hasRoomInHalf = (): boolean => isHalf() && matchMedia(ROOM).matches;
