import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { press } from '../card/card-stage.tsx';
import { listStage, row, type ListStage } from './list-stage.tsx';

let stage: ListStage;
beforeEach(() => {
  stage = listStage();
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.end();
});

describe('a defect in the widget', () => {
  const isBusy = (): boolean => document.querySelector('[aria-busy="true"]') !== null;

  it.each(['records.contacts', 'chat.roles'] as const)(
    'in %s is reported when the list is read, and the list can be read again',
    async point => {
      stage.broken.add(point);
      stage.openList();
      expect((await screen.findByRole('alert')).textContent).toContain(ru.failure.defect);
      stage.broken.clear();
      await press(ru.claim.retry);
      expect(await screen.findByRole('button', { name: 'Взять клиентов: 3' })).toBeTruthy();
    },
  );

  it.each(['records.setOwners', 'records.contacts'] as const)(
    'in %s leaves nothing in progress, and the result can be checked',
    async point => {
      stage.openList();
      await screen.findByText('Анна');
      stage.broken.add(point);
      await press('Взять клиентов: 3');
      await screen.findByText(new RegExp(ru.failure.defect));
      await waitFor(() => expect(isBusy()).toBe(false));
      stage.broken.clear();
      stage.clients.forEach(({ id }) => stage.world.crm.assignContact(SELLER_A, id, SELLER_A));
      await press(new RegExp(`^(${ru.claim.lookAgain}|Взять .*)$`));
      expect(await screen.findByText('Ваши: 3 из 3')).toBeTruthy();
    },
  );
});

describe('a colleague’s client in the list', () => {
  beforeEach(() => {
    const [anna] = stage.clients;
    if (anna) anna.responsibleUserId = SELLER_B;
  });

  it('stays with the colleague, who is named, where taking is not allowed', async () => {
    stage.openList({ claims: { fromColleague: 'never' } });
    await press('Взять клиентов: 2');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/Клиент коллеги \(Борис Белов\), останется у коллеги/);
    expect(stage.owners()).toEqual([SELLER_B, SELLER_A, SELLER_A]);
  });

  it('can be taken with one reason for all, which is added to the note', async () => {
    stage.openList({ claims: { fromColleague: 'with-reason' } });
    expect(await screen.findByRole('button', { name: 'Взять клиентов: 2' })).toBeTruthy();
    await userEvent.type(screen.getByLabelText(/Почему вы забираете/), 'Борис в отпуске');
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 3 из 3');
    await waitFor(() =>
      expect(stage.world.crm.notes.map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/Борис Белов.*\n.*Борис в отпуске/),
      ),
    );
  });

  it('is taken like any other where the rules allow it', async () => {
    stage.openList({ claims: { fromColleague: 'freely' } });
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 3 из 3');
    expect(stage.owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
  });
});
