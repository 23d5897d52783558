/** What the page does for the app's frames: notices, questions, modals, tokens and navigation. */
import { element } from '../../page/element.ts';
import { appFrame, type AppFrame, type Services } from './app-frame.ts';
import type { Boot } from './boot.ts';
import type { Observed } from './observed.ts';

const STAYS_MS = 5000;

export type Frames = {
  /** Opens a frame of the app. Its address still lacks the person and the token. */
  readonly open: (given: Omit<Parameters<typeof appFrame>[0], 'services' | 'observed'>) => Promise<AppFrame>;
  readonly setTheme: (theme: Boot['theme']) => void;
};

/** The services for a frame that exists already, because a call may concern the frame itself. */
type Lent = (own: () => AppFrame) => Services;

export function createFrames(boot: Boot, observed: Observed): Frames {
  const opened = new Set<AppFrame>();
  let { theme } = boot;
  const services: Lent = own => ({
    get_signed_token: async () => ({ token: await signedToken() }),
    get_metadata: () => ({ windowWidth: innerWidth, windowHeight: innerHeight }),
    show_snackbar: ({ message, link }) => showSnackbar(message, link),
    show_confirmation: asked => askPerson(asked),
    redirect_to: ({ view, id }) => goTo(view, id),
    close_modal: () => undefined,
    async open_modal({ action_id, data }) {
      const address = boot.app.modals[action_id];
      if (address === undefined) throw new Error(`The app has no modal ${action_id}`);
      await showModal(action_id, address, data);
      own().emit('close_custom_modal');
      return { status: 'closed' };
    },
  });

  const open = async (given: Parameters<Frames['open']>[0], lent: Lent = services): Promise<AppFrame> => {
    const address = new URL(given.address);
    const told = { userId: boot.me.id, companyId: boot.company.id, token: await signedToken(), theme };
    for (const [name, value] of Object.entries(told)) address.searchParams.set(name, String(value));
    const frame: AppFrame = appFrame({
      ...given,
      address: address.href,
      services: lent(() => frame),
      observed,
    });
    opened.add(frame);
    return frame;
  };

  /** Resolves when it is closed: by the page in it, by the CRM's X or by Escape. The page in it cannot prevent that. */
  async function showModal(
    title: string,
    address: string,
    data: Readonly<Record<string, string>> | undefined,
  ): Promise<void> {
    const dialog = element('dialog', { class: 'app-modal', 'aria-label': title });
    const withData = new URL(address);
    if (data) withData.searchParams.set('data', JSON.stringify(data));
    const app = await open(
      {
        surface: 'modal',
        title,
        address: withData.href,
        onSize({ width, height }) {
          if (width !== undefined) app.frame.style.width = `${width}px`;
          if (height !== undefined) app.frame.style.height = `${height}px`;
        },
        onSilent: () => dialog.append(element('p', { class: 'silent' }, 'The app did not load.')),
      },
      own => ({ ...services(own), close_modal: () => dialog.close() }),
    );
    const close = element(
      'button',
      { type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() },
      '×',
    );
    dialog.append(
      element('header', { class: 'app-modal-head' }, element('strong', {}, title), close),
      app.frame,
    );
    document.body.append(dialog);
    dialog.showModal();
    app.frame.focus();
    return new Promise(resolve => {
      dialog.addEventListener('close', () => {
        app.remove();
        opened.delete(app);
        dialog.remove();
        resolve();
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

/** The CRM's server signs the token for the page. */
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
