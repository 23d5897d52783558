/**
 * Pipedrive's custom modal: a page of ours in its own frame, above the CRM's page. It is registered with the app, so
 * companies with an older version of the app do not have it.
 */
import { Command, Modal } from '@pipedrive/app-extensions-sdk';
import type { Elsewhere, OwnWindow } from '../host.ts';
import type { Frame } from './frame.ts';
import { readIn } from './ids.ts';

/** The names in package/pipedrive/hub.json. */
export const MODALS = { roles: 'Employee roles' } as const;

/** Room in pixels for the CRM's header of the modal and for a margin around it. */
const AROUND = { width: 32, height: 88 };
const MOST_WIDTH = 1200;
/** The smallest size in pixels that the CRM allows. */
const LEAST = { width: 320, height: 120 };

export async function openModal(
  { sdk }: Pick<Frame, 'sdk'>,
  ...[what, given]: Parameters<Elsewhere>
): ReturnType<Elsewhere> {
  try {
    const page = await sdk;
    const asked = { type: Modal.CUSTOM_MODAL, action_id: MODALS[what], data: { ...given } } as const;
    await page.execute(Command.OPEN_MODAL, asked);
    return 'closed';
  } catch {
    return 'not-opened';
  }
}

/** Makes the modal as large as the browser's window allows. If the CRM refuses, the size does not change. */
export async function fillWindow({ sdk }: Pick<Frame, 'sdk'>): Promise<void> {
  try {
    const page = await sdk;
    const { windowWidth, windowHeight } = await page.execute(Command.GET_METADATA);
    const width = Math.min(Math.max(windowWidth - AROUND.width, LEAST.width), MOST_WIDTH);
    const height = Math.max(windowHeight - AROUND.height, LEAST.height);
    if (Number.isFinite(width + height)) await page.execute(Command.RESIZE, { width, height });
  } catch {
    // The content scrolls in a smaller modal.
  }
}

export const ownWindow = ({ sdk }: Pick<Frame, 'sdk'>, search: string): OwnWindow => {
  const given = givenIn(search);
  return {
    told(name) {
      const value = readIn(given, name);
      return typeof value === 'string' ? value : '';
    },
    close() {
      sdk.then(page => page.execute(Command.CLOSE_MODAL)).catch(() => undefined);
    },
  };
};

function givenIn(search: string): unknown {
  try {
    return JSON.parse(new URLSearchParams(search).get('data') ?? '');
  } catch {
    return null;
  }
}
