import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  button,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  pressAndHear,
  receivesNewClients,
  roleOf,
  says,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const LATEST = 'Загрузить свежие роли';

const userRoles = () => stage.world.chat.settings.userRoles;
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH'));

/** Happens just before the gateway's own write reaches the service. The page sends the first PATCH. */
function beforeTheWrite(happens: () => void): void {
  const { disturbances } = stage.world;
  disturbances.add(/^PATCH/, () => disturbances.add(/^PATCH/, happens));
}

describe('a save that fails', () => {
  beforeEach(() => giveRoles(stage, held(SELLER_B, 'auditor')));

  it.each<[string, RegExp, (stage: SettingsStage) => void]>([
    [
      'the chat service gets too many requests',
      /Слишком много запросов к Wazzup/,
      ({ world }) => world.disturbances.add(/^PATCH/, 'too-many'),
    ],
    [
      'the connection is cut',
      /через который работает Wazzup, не отвечает/,
      ({ world }) => world.disturbances.add(/^PATCH/, 'cut'),
    ],
    [
      'the chat service fails',
      /В Wazzup или на сервере сбой/,
      ({ world }) => world.disturbances.add(/^PATCH/, 'server-error'),
    ],
    [
      'the chat service has no room for more people',
      /В Wazzup помещается не больше 1000\sсотрудников/,
      ({ world }) => {
        for (let id = 1; id <= 1000; id += 1)
          world.chat.users.set(`user-${id}`, { id: `user-${id}`, name: 'Иван' });
      },
    ],
    [
      'the key was replaced by one that cannot write roles',
      /не позволяет менять роли отсюда/,
      stage => {
        stage.keyKind = 'v3';
      },
    ],
  ])('because %s keeps the changes on screen, says why, and writes nothing', async (_why, words, happens) => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    happens(stage);
    await pressAndHear('Сохранить', /Роли не сохранены. Ваши изменения остались на экране/);
    await says(words);
    expect([roleOf(ARTYOM), receivesNewClients(ARTYOM)]).toEqual(['Менеджер', true]);
    expect(button('Сохранить').disabled).toBe(false);
    expect(userRoles()).toEqual([held(SELLER_B, 'auditor')]);
  });

  it('succeeds when "Save" is pressed again', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(/^PATCH/, 'too-many');
    await press('Сохранить');
    await says(/Роли не сохранены/);
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([held(SELLER_B, 'auditor'), held(SELLER_A, 'seller')]);
  });

  it('is reported in English in an English account', async () => {
    stage.world.reset({ language: 'en' });
    await openDialog(stage);
    await choose('Adam Archer', 'Sales rep');
    stage.world.disturbances.add(/^PATCH/, 'too-many');
    await press('Save');
    expect((await dialog().findByRole('alert')).textContent).toBe(
      'Roles weren’t saved. Your changes are still on the screen. Too many requests to Wazzup. Try again in a minute.',
    );
  });
});

describe('a save whose answer is lost', () => {
  it('counts as saved when the roles show that it arrived', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    beforeTheWrite(() => stage.world.disturbances.add(/^GET \/settings/, 'broken-json'));
    await press('Сохранить');
    await dialogIsGone();
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller')]);
    expect(writes()).toHaveLength(1);
  });

  it('counts as unknown when the roles cannot be read either, until they are loaded again', async () => {
    const { disturbances } = stage.world;
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    beforeTheWrite(() => disturbances.add(/^GET \/settings/, 'broken-json', Infinity));
    await pressAndHear('Сохранить', /Неизвестно, сохранились ли роли.*остались на экране/);
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(userRoles()).toEqual([held(SELLER_A, 'seller')]);
    disturbances.clear();
    await press(LATEST);
    expect(await dialog().findByText('Изменений нет')).toBeTruthy();
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(writes()).toHaveLength(1);
  });

  it.each(['too-many', 'server-error'] as const)(
    'counts as saved when the gateway’s check after the write met "%s"',
    async fault => {
      await openDialog(stage);
      await choose(ARTYOM, 'Менеджер');
      beforeTheWrite(() => stage.world.disturbances.add(/^GET \/settings/, fault));
      await press('Сохранить');
      await dialogIsGone();
      expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
    },
  );

  it('says that it is being checked, and counts as unknown when the admin stops waiting', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await press('Сохранить');
    await dialog().findByText(/Ответа от Wazzup пока нет. Проверяем/);
    expect(button('Сохраняем…').getAttribute('aria-busy')).toBe('true');
    await press('Не ждать');
    await says(/Неизвестно, сохранились ли роли/);
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(button('Закрыть').disabled).toBe(false);
    await press(LATEST);
    await waitFor(() => expect(dialog().queryByRole('alert')).toBeNull());
    await waitFor(() => expect(button('Сохранить').disabled).toBe(false));
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller')]);
  });

  it('says when the chat service has stored something else than what was sent', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    beforeTheWrite(() => stage.world.disturbances.add(/^GET \/settings/, () => giveRoles(stage)));
    await press('Сохранить');
    await says(/Wazzup сохранил не то, что мы отправили/);
    expect(screen.queryByText(/Роли сохранены/)).toBeNull();
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller')]);
  });
});
