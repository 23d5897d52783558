/** The CRM's own buttons in a widget's modal, and the callbacks of the widget that they call. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { ADMIN } from '../../world/people.ts';
import { onStage, openBrowser, type CrmPage } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const START = ['constructor undefined', 'render', 'init', 'bind_actions'];

async function openModal({ open }: CrmPage): Promise<Page> {
  const page = await open('office', 'settings/widgets');
  await page.getByRole('button', { name: 'Probe' }).click();
  return page;
}

const changeField = (page: Page, value: string): Promise<void> =>
  page.locator('.modal input[name="custom"]').evaluate((input, text) => {
    if (input instanceof HTMLInputElement) input.value = text;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, value);

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Save' });

describe('opening the modal', () => {
  it('calls settings each time, also before an installation', async () => {
    await onStage(browser, { installed: false }, async stage => {
      const page = await openModal(stage);
      await expect.poll(() => stage.calls(page)).toEqual([...START, 'settings install 1']);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Probe' }).click();
      await expect
        .poll(() => stage.calls(page))
        .toEqual([...START, 'settings install 1', 'settings install 1']);
    });
  });

  it('fills the account and the person into the description', async () => {
    const behaviour = { description: '#SUBDOMAIN#, #USER_ID#, #NOTHING#' };
    await onStage(browser, { behaviour }, async stage => {
      const page = await openModal(stage);
      await page.getByText(`crm, ${ADMIN}, #NOTHING#`).waitFor();
      expect(await page.getByRole('dialog').count()).toBe(1);
    });
  });

  it('shows the widget to people who are not admins, without the CRM’s buttons', async () => {
    await onStage(browser, {}, async ({ open, calls }) => {
      const page = await open('seller-a', 'settings/widgets');
      await page.getByRole('button', { name: 'Probe' }).click();
      await page.getByText('Only an admin can set up widgets').waitFor();
      await expect.poll(() => calls(page)).toEqual(expect.arrayContaining(['settings installed 1']));
      for (const name of ['Install', 'Save', 'Disable']) {
        expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
      }
    });
  });
});

describe('Install', () => {
  it('replaces its own parts and does not call settings again', async () => {
    await onStage(browser, { installed: false }, async stage => {
      const page = await openModal(stage);
      expect(await save(page).count()).toBe(0);
      await page.getByRole('button', { name: 'Install' }).click();
      await save(page).waitFor();
      await expect
        .poll(() => stage.calls(page))
        .toEqual([...START, 'settings install 1', 'onSave Y', 'onInstall', 'render']);
      expect(await page.evaluate(() => window.APP.widgets.list['crm_chat_roles']?.params?.status)).toBe(
        'installed',
      );
      expect(stage.sandbox.world.crm.integration).toMatchObject({ status: 'installed', active: true });
    });
  });
});

describe('a refused save', () => {
  const reason = (page: Page) => page.getByRole('log').getByText(/Fill in: custom|onSave said no/);

  it.each([
    ['onSave returns false', { onSave: 'return false;' }],
    ['a required field is empty', { required: true }],
  ])('also stops an installation when %s, and the CRM says why', async (_case, behaviour) => {
    await onStage(browser, { behaviour, installed: false }, async stage => {
      const page = await openModal(stage);
      await page.getByRole('button', { name: 'Install' }).click();
      await reason(page).waitFor();
      expect(stage.sandbox.world.crm.integration.status).toBe('install');
      expect(await page.getByRole('button', { name: 'Install' }).count()).toBe(1);
    });
  });

  it('is explained by the CRM when a required field is empty', async () => {
    await onStage(browser, { behaviour: { required: true } }, async stage => {
      const page = await openModal(stage);
      await changeField(page, '');
      await save(page).click();
      await reason(page).waitFor();
      expect(stage.sandbox.world.crm.integration.fields).toEqual({});
    });
  });

  it('does not happen when all required fields are filled', async () => {
    await onStage(browser, { behaviour: { required: true }, installed: false }, async stage => {
      const page = await openModal(stage);
      await changeField(page, 'agreed');
      await page.getByRole('button', { name: 'Install' }).click();
      await expect
        .poll(() => stage.sandbox.world.crm.integration)
        .toMatchObject({ status: 'installed', fields: { custom: 'agreed' } });
    });
  });
});

describe('Save', () => {
  it('is disabled until a field changes', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openModal(stage);
      expect(await save(page).isDisabled()).toBe(true);
      await changeField(page, 'x');
      expect(await save(page).isEnabled()).toBe(true);
    });
  });

  it('keeps what onSave has put into the fields, closes the modal and updates the widget’s settings', async () => {
    const behaviour = { onSave: 'saved.fields.custom += " and more"; return Promise.resolve(true);' };
    await onStage(browser, { behaviour }, async stage => {
      const page = await openModal(stage);
      await changeField(page, 'roles');
      await save(page).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(stage.sandbox.world.crm.integration.fields).toEqual({ custom: 'roles and more' });
      expect(await page.evaluate(() => window.APP.widgets.list['crm_chat_roles']?.params?.['custom'])).toBe(
        'roles and more',
      );
    });
  });

  it('leaves the modal open when its button says so', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openModal(stage);
      await changeField(page, 'x');
      await save(page).evaluate(button => button.setAttribute('data-onsave-destroy-modal', 'false'));
      await save(page).click();
      await expect.poll(() => stage.sandbox.world.crm.integration.fields).toEqual({ custom: 'x' });
      expect(await page.getByRole('dialog').count()).toBe(1);
    });
  });

  it.each([
    ['answers false', 'return false;'],
    ['rejects', 'return Promise.reject();'],
    ['throws', 'throw new Error("no");'],
  ])('saves nothing when onSave %s', async (_case, onSave) => {
    await onStage(browser, { behaviour: { onSave } }, async stage => {
      const page = await openModal(stage);
      await changeField(page, 'x');
      await save(page).click();
      await expect.poll(() => save(page).getAttribute('aria-busy')).toBe('false');
      expect(await stage.calls(page)).toContain('onSave Y');
      await page.getByRole('log').getByText('onSave said no').waitFor();
      expect(stage.sandbox.world.crm.integration.fields).toEqual({});
    });
  });
});

describe('Disable', () => {
  it('calls onSave, and then destroys the widget', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openModal(stage);
      await page.getByRole('button', { name: 'Disable' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect
        .poll(() => stage.calls(page))
        .toEqual([...START, 'settings installed 1', 'onSave N', 'destroy', ...START]);
      expect(stage.sandbox.world.crm.integration).toMatchObject({ status: 'install', active: false });
    });
  });
});
