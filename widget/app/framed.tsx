/** The admins' framed pages: the settings, and the roles in a separate window above them. */
import { createOpener } from '../admin/elsewhere/opener.ts';
import { RolesElsewhere } from '../admin/elsewhere/RolesElsewhere.tsx';
import { RolesWindow } from '../admin/elsewhere/RolesWindow.tsx';
import { createWindow } from '../admin/elsewhere/window.ts';
import type { OpenRoles } from '../admin/roles/dialog.tsx';
import face from '../framed/face.css?inline';
import filling from '../framed/window.css?inline';
import type { Elsewhere, OwnWindow, Slot } from '../host/host.ts';
import kit from '../ui/kit.css?inline';
import { refuseSecondPress } from '../ui/second-press.ts';
import { connectSettings } from './admin.tsx';
import type { Mounting } from './mounting.ts';
import { show } from './show.tsx';

type Connecting = { readonly openRoles: () => Promise<OpenRoles> };

const rolesHere = async (): Promise<OpenRoles> => (await import('../admin/roles/dialog.tsx')).openRoles;

/** Nothing here is removed again, because the CRM closes a frame with everything in it. */
async function connectIn(mounting: Mounting, { openRoles }: Connecting) {
  const { kit, dictionary } = mounting;
  const [openRecords] = await Promise.all([kit.loadRecords(), dictionary.complete()]);
  const { signal } = new AbortController();
  return connectSettings({ page: kit.page, openRecords, words: dictionary.words, signal, openRoles });
}

export async function openFramedSettings(mounting: Mounting, slot: Slot): Promise<void> {
  const { page, openElsewhere } = mounting.kit;
  const openRoles = openElsewhere ? async () => rolesElsewhere(openElsewhere) : rolesHere;
  const { model, view, css } = await connectIn(mounting, { openRoles });
  const { root } = show(page, mounting.dictionary.words, slot, [kit, ...css], view);
  refuseSecondPress(root, new AbortController().signal);
  void model.start();
}

/** Opens the roles in a separate window, if the CRM opens one. */
export const rolesElsewhere =
  (openElsewhere: Elsewhere, loadHere = rolesHere): OpenRoles =>
  roles => {
    const model = createOpener({ roles, openElsewhere, rolesHere: loadHere });
    return onClose => <RolesElsewhere model={model} onClose={onClose} />;
  };

export async function openRolesWindow(mounting: Mounting, slot: Slot, own: OwnWindow): Promise<void> {
  const { openRoles, follow, leave } = createWindow(own);
  const { model, css } = await connectIn(mounting, {
    openRoles: async () => openRoles(await rolesHere()),
  });
  const view = <RolesWindow model={model} onLeave={leave} />;
  const { root } = show(
    mounting.kit.page,
    mounting.dictionary.words,
    slot,
    [kit, face, ...css, filling],
    view,
  );
  refuseSecondPress(root, new AbortController().signal);
  follow(model);
  void model.start();
}
