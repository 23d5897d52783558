/** What the settings panel gets from the dialog's part of the package: a model, and a way to draw it. */
import type { VNode } from 'preact';
import type { Chat } from '../chat/chat.ts';
import { createRolesModel } from './model.ts';
import { RolesDialog } from './RolesDialog.tsx';

export type OpenRoles = (
  given: Parameters<typeof createRolesModel>[0] & { readonly chat: Chat },
) => (onClose: () => void) => VNode;

export const openRoles: OpenRoles = given => {
  const model = createRolesModel(given);
  return onClose => (
    <RolesDialog model={model} cabinetAddress={given.chat.cabinetAddress} onClose={onClose} />
  );
};
