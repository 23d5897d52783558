/**
 * The interface between the settings panel and the part with the roles dialog: takes the data, returns a way to render
 * it.
 */
import type { VNode } from 'preact';
import { createRolesModel, type RolesGiven } from './model/model.ts';
import { RolesDialog } from './view/RolesDialog.tsx';

export type OpenRoles = (given: RolesGiven) => (onClose: () => void) => VNode;

export const openRoles: OpenRoles = given => {
  const model = createRolesModel(given);
  return onClose => (
    <RolesDialog model={model} cabinetAddress={given.chat.cabinetAddress} onClose={onClose} />
  );
};
