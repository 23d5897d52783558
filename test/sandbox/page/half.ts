/**
 * Whether this is one of the frames that show two people side by side. Each represents a whole screen, so parts that
 * the CRM hides on a small screen stay visible here if there is room.
 */
export const isHalf = (): boolean => window.top !== window;

const ROOM = '(min-width: 560px)';

export const hasRoomInHalf = (): boolean => isHalf() && matchMedia(ROOM).matches;
