/**
 * Pipedrive's custom modal: a page of ours above the CRM's, in a frame of its own. It is registered with the app, so a company
 * with an older version of the app has none.
 */
import { Command, Modal } from '@pipedrive/app-extensions-sdk';
import type { Elsewhere, OwnWindow } from '../host.ts';
import type { Frame } from './frame.ts';
import { readIn } from './ids.ts';

/** By the names in package/pipedrive/hub.json. */
export const MODALS = { roles: 'Employee roles' } as const;

/** The CRM's own head of a modal, and some of the page around it. */
const AROUND = { width: 32, height: 88 };
const MOST_WIDTH = 1200;
/** What the CRM allows. */
const LEAST = { width: 320, height: 120 };

export async function openModal(
  { sdk }: Pick<Frame, 'sdk'>,
  ...[what, told]: Parameters<Elsewhere>
): ReturnType<Elsewhere> {
  try {
    const page = await sdk;
    const asked = { type: Modal.CUSTOM_MODAL, action_id: MODALS[what], data: { ...told } } as const;
    await page.execute(Command.OPEN_MODAL, asked);
    return 'closed';
  } catch {
    return 'not-opened';
  }
}

/** Makes the modal as large as the browser's window allows. Where the CRM refuses, it stays as it is. */
export async function fillWindow({ sdk }: Pick<Frame, 'sdk'>): Promise<void> {
  try {
    const page = await sdk;
    const { windowWidth, windowHeight } = await page.execute(Command.GET_METADATA);
    const width = Math.min(Math.max(windowWidth - AROUND.width, LEAST.width), MOST_WIDTH);
    const height = Math.max(windowHeight - AROUND.height, LEAST.height);
    if (Number.isFinite(width + height)) await page.execute(Command.RESIZE, { width, height });
  } catch {
    // A small window scrolls.
  }
}

export const ownWindow = ({ sdk }: Pick<Frame, 'sdk'>, search: string): OwnWindow => {
  const told = toldIn(search);
  return {
    told(name) {
      const value = readIn(told, name);
      return typeof value === 'string' ? value : '';
    },
    close() {
      sdk.then(page => page.execute(Command.CLOSE_MODAL)).catch(() => undefined);
    },
  };
};

function toldIn(search: string): unknown {
  try {
    return JSON.parse(new URLSearchParams(search).get('data') ?? '');
  } catch {
    return null;
  }
}
