/** What the page does for the app's frames: notices, questions, modals, tokens and changes of place. */
import { element } from '../../page/element.ts';
import { appFrame, type AppFrame, type Services } from './app-frame.ts';
import type { Boot } from './boot.ts';
import type { Observed } from './observed.ts';

const STAYS_MS = 5000;

export type Frames = {
  /** Opens a frame of the app whose address lacks who asks, and with which token. */
  readonly open: (given: Omit<Parameters<typeof appFrame>[0], 'services' | 'observed'>) => Promise<AppFrame>;
  readonly setTheme: (theme: Boot['theme']) => void;
};

export function createFrames(boot: Boot, observed: Observed): Frames {
  const opened = new Set<AppFrame>();
  let { theme } = boot;
  const modalServices = (close: () => void): Services => ({ ...services(), close_modal: close });
  const services = (): Services => ({
    get_signed_token: async () => ({ token: await signedToken() }),
    get_metadata: () => ({ windowWidth: innerWidth, windowHeight: innerHeight }),
    show_snackbar: ({ message, link }) => showSnackbar(message, link),
    show_confirmation: asked => askPerson(asked),
    redirect_to: ({ view, id }) => goTo(view, id),
    close_modal: () => undefined,
    async open_modal({ action_id, data }) {
      const address = boot.app.modals[action_id];
      if (address === undefined) throw new Error(`The app has no modal ${action_id}`);
      return openModal(address, data);
    },
  });

  const open = async (
    given: Parameters<Frames['open']>[0],
    lent: Services = services(),
  ): Promise<AppFrame> => {
    const address = new URL(given.address);
    const told = { userId: boot.me.id, companyId: boot.company.id, token: await signedToken(), theme };
    for (const [name, value] of Object.entries(told)) address.searchParams.set(name, String(value));
    const frame = appFrame({ ...given, address: address.href, services: lent, observed });
    opened.add(frame);
    return frame;
  };

  /** Ends when it is closed, whoever closes it; whoever opened it hears of that then. */
  async function openModal(
    address: string,
    data: Readonly<Record<string, string>> | undefined,
  ): Promise<{ readonly status: 'closed' }> {
    const dialog = element('dialog', { class: 'app-modal', 'aria-label': boot.app.name });
    const withData = new URL(address);
    if (data) withData.searchParams.set('data', JSON.stringify(data));
    const frame = await open(
      {
        surface: 'modal',
        title: boot.app.name,
        address: withData.href,
        onSize({ width, height }) {
          if (width !== undefined) dialog.style.width = `${width}px`;
          if (height !== undefined) dialog.style.height = `${height}px`;
        },
        onSilent: () => dialog.close(),
      },
      modalServices(() => dialog.close()),
    );
    const close = element('button', { type: 'button', onclick: () => dialog.close() }, '×');
    dialog.append(close, frame.frame);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise(resolve => {
      dialog.addEventListener('close', () => {
        frame.remove();
        opened.delete(frame);
        dialog.remove();
        opened.forEach(one => one.emit('close_custom_modal'));
        resolve({ status: 'closed' });
      });
    });
  }

  return {
    open,
    setTheme(next) {
      theme = next;
      opened.forEach(frame => frame.emit('user_settings_change', { theme }));
    },
  };
}

/** The page asks the CRM's server, which signs. */
async function signedToken(): Promise<string> {
  const response = await fetch('/_page/token');
  if (!response.ok) throw new Error('No token');
  const { token }: { readonly token: string } = await response.json();
  return token;
}

function showSnackbar(message: string, link?: { readonly url: string; readonly label: string }): void {
  const bar = element(
    'div',
    { class: 'snackbar', role: 'status' },
    message,
    link !== undefined && element('a', { href: link.url, target: '_blank' }, link.label),
  );
  document.body.append(bar);
  setTimeout(() => bar.remove(), STAYS_MS);
}

function askPerson(asked: {
  readonly title: string;
  readonly description?: string | undefined;
  readonly okText: string;
  readonly cancelText: string;
  readonly okColor: string;
}): Promise<{ readonly confirmed: boolean }> {
  const dialog = element('dialog', { class: 'confirmation', 'aria-label': asked.title });
  const button = (text: string, value: string, look: string): HTMLButtonElement =>
    element('button', { type: 'button', class: look, onclick: () => dialog.close(value) }, text);
  dialog.append(
    element('h2', {}, asked.title),
    asked.description === undefined ? '' : element('p', {}, asked.description),
    button(asked.cancelText, 'no', 'secondary'),
    button(asked.okText, 'yes', asked.okColor),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve({ confirmed: dialog.returnValue === 'yes' });
    });
  });
}

function goTo(view: 'deals' | 'contacts' | 'settings', id: string | number | undefined): void {
  if (id === undefined || view === 'settings') throw new Error(`${view} without a record is not emulated`);
  location.assign(`/${view === 'deals' ? 'deal' : 'person'}/${id}`);
}
