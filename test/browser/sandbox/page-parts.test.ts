/** Parts of the CRM's page that widgets use: its modal, its templates and controls, its socket, its class names. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { onStage, openBrowser, type CrmPage } from '../../support/sandbox-page.ts';
import type { Behaviour } from '../../support/page-probe.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const onList = (behaviour: Behaviour) => ({ behaviour: { locations: ['clist-1'], ...behaviour } });

describe('the modal', () => {
  it('opens without options, and is closed by a cross that the widget has drawn', async () => {
    const render = `
      new Modal();
      new Modal({ preload_templates: [] }).destroy();
      new Modal({ init: $body => $body.trigger('modal:loaded').html('<b class="modal-body__close">Away</b>') });
      return true;`;
    await onStage(browser, onList({ render }), async ({ sandbox, open }) => {
      const page = await open('office');
      const windows = page.getByRole('dialog');
      await expect.poll(() => windows.count()).toBe(2);
      await page.getByText('Away').click();
      await expect.poll(() => windows.count()).toBe(1);
      await page.keyboard.press('Escape');
      await expect.poll(() => windows.count()).toBe(0);
      expect([...sandbox.lacking]).toEqual(['modal option preload_templates']);
    });
  });
});

it('a widget’s settings are the same object from its constructor on', async () => {
  const behaviour = onList({
    made: 'const kept = this.get_settings();',
    render: 'calls.push(String(kept === self.params && kept.widget_code)); return true;',
  });
  await onStage(browser, behaviour, async ({ open, calls }) => {
    const page = await open('office');
    await expect.poll(() => calls(page)).toContain('crm_chat_roles');
  });
});

it('onSave is called as a method of the callbacks', async () => {
  const onSave = 'calls.push(String(this === self.callbacks)); return true;';
  await onStage(browser, { installed: false, behaviour: { onSave } }, async ({ open, calls }) => {
    const page = await open('office', 'settings/widgets');
    await page.getByRole('button', { name: 'Probe' }).click();
    await page.getByRole('button', { name: 'Install' }).click();
    await expect.poll(() => calls(page)).toContain('true');
  });
});

it('an element with the class `hidden` is hidden', async () => {
  await onStage(browser, {}, async ({ open }) => {
    const page = await open('office');
    await page.getByRole('heading', { name: 'Contacts' }).evaluate(one => one.classList.add('hidden'));
    expect(await page.getByRole('heading', { name: 'Contacts' }).count()).toBe(0);
  });
});

const TEMPLATES: readonly (readonly [template: string, drawn: string])[] = [
  ['{{ 10 - 3 - 2 }}', '5'],
  ['{% for one in [1, 2] %}{{ loop.length }}{% endfor %}', '22'],
  ['{% set n = 0 %}{% for one in [1, 2] %}{% set n = n + one %}{% endfor %}{{ n }}', '3'],
  ['a {{- " b " -}} c', 'a b c'],
  ['{{ "Anna"|slice(0, 2)|lower }}', 'an'],
  [
    "{{ include_control('textarea', { name: 'age', value: '7' }) }}",
    '<textarea class="text-input text-input-textarea" name="age">7</textarea>',
  ],
];

describe('templates', () => {
  it('are rendered as in the CRM’s own library, with the CRM’s controls', async () => {
    const templates = JSON.stringify(TEMPLATES.map(([template]) => template));
    const render = `calls.push(...${templates}.map(data => self.render({ data }))); return true;`;
    await onStage(browser, onList({ render }), async ({ sandbox, open, calls }) => {
      const page = await open('office');
      await expect.poll(() => calls(page)).toContain('bind_actions');
      expect((await calls(page)).slice(2, 2 + TEMPLATES.length)).toEqual(TEMPLATES.map(([, drawn]) => drawn));
      expect([...sandbox.lacking]).toEqual([]);
    });
  });

  it('come from a module that widgets can load by name, like moment', async () => {
    const render = `require(['twigjs', 'moment'], (twig, moment) =>
      calls.push(twig.twig({ data: '{{ 2 ** 3 }}' }).render() + moment(0).utc().format(' YYYY')));
      return true;`;
    await onStage(browser, onList({ render }), async ({ open, calls }) => {
      const page = await open('office');
      await expect.poll(() => calls(page)).toContain('8 1970');
    });
  });
});

describe('the socket', () => {
  const listening = (channel: string, keys: readonly string[] = []): Behaviour => ({
    render: `window.stop = self.listenSocketChannel('${channel}', ${JSON.stringify(keys)},
      message => calls.push(JSON.stringify(message.data.params))); return true;`,
  });
  const heard = async ({ calls }: CrmPage, page: Page): Promise<unknown[]> =>
    (await calls(page)).filter(one => one.startsWith('{')).map(one => JSON.parse(one));

  it('sends a colleague’s change to a page at once, until the page stops listening', async () => {
    await onStage(browser, onList(listening('contacts:events', ['body', 'payload', 'data'])), async stage => {
      const { crm } = stage.sandbox.world;
      const anna = crm.addContact('Anna', [], NOBODY);
      const page = await stage.open('seller-a');
      await expect.poll(() => stage.calls(page)).toContain('bind_actions');
      crm.assignContact(SELLER_B, anna.id, SELLER_B);
      await expect
        .poll(() => heard(stage, page))
        .toEqual([
          {
            entity: 'contacts',
            id: anna.id,
            field: 'responsible_user_id',
            old_value: NOBODY,
            value: SELLER_B,
            user_id: SELLER_B,
          },
        ]);
      await page.evaluate(() => Reflect.get(window, 'stop')());
      crm.changeContact(SELLER_B, anna.id, { name: 'Anna Smith' });
      await page.waitForResponse(/_page\/contacts/, { timeout: 500 }).catch(() => undefined);
      expect(await heard(stage, page)).toHaveLength(1);
    });
  });

  it('sends nothing that the person may not see, and nothing of other channels', async () => {
    await onStage(browser, onList(listening('leads:pipeline:3177727')), async stage => {
      const { crm } = stage.sandbox.world;
      const seller = crm.users.get(SELLER_A);
      if (seller) seller.leads = { view: 'M', edit: 'M' };
      const [theirs, own] = [SELLER_B, SELLER_A].map(owner => crm.addLead('Doors', [], owner));
      const contact = crm.addContact('Anna', [], SELLER_A);
      const page = await stage.open('seller-a');
      await expect.poll(() => stage.calls(page)).toContain('bind_actions');
      crm.changeLead(SELLER_B, theirs?.id ?? 0, { name: 'Windows' });
      crm.changeContact(SELLER_A, contact.id, { name: 'Boris' });
      crm.moveLead(SELLER_A, own?.id ?? 0, 142);
      await expect
        .poll(() => heard(stage, page))
        .toMatchObject([{ entity: 'leads', id: own?.id, field: 'status_id', value: 142 }]);
    });
  });

  it('reports a channel that the sandbox does not emulate', async () => {
    await onStage(browser, onList(listening('dashboard:events')), async ({ sandbox, open }) => {
      await open('office');
      await expect.poll(() => [...sandbox.lacking]).toEqual(['socket channel dashboard:events']);
    });
  });
});
