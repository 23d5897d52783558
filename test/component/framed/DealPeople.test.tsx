/** The client's name in a panel beside a deal, and the choice of another person of that deal. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../locales/ru.json' with { type: 'json' };
import { DealPeople } from '../../../widget/framed/DealPeople.tsx';
import { createPeopleOfDeal, type Shown } from '../../../widget/framed/people-of-deal.ts';
import { PersonChoice, type Person } from '../../../widget/framed/PersonChoice.tsx';
import { cleanup, show } from '../show.tsx';

const { people: words, retry } = ru.frame;
const ANNA: Person = { id: '1', name: 'Анна', owner: 'Ничей клиент' };
const BORIS: Person = { id: '2', name: 'Борис', owner: 'Отвечает: Вера' };

afterEach(cleanup);

function open(shown: Shown, people: readonly Person[], { hasOthers = true } = {}) {
  const asked = vi.fn<() => void>();
  const chosen = vi.fn<(id: string) => void>();
  const model = createPeopleOfDeal({
    hasOthers,
    async read() {
      asked();
      return choosing => <PersonChoice people={people} {...choosing} />;
    },
    onChoose: chosen,
  });
  model.show(shown);
  show(<DealPeople people={model} />);
  return { model, asked, chosen };
}
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const options = (): readonly (string | null)[] => screen.getAllByRole('option').map(one => one.textContent);

describe('a panel beside a deal', () => {
  it('with one person shows their name, and offers nothing', () => {
    const { asked } = open({ id: '1', name: 'Анна' }, [], { hasOthers: false });
    expect(screen.getByText('Анна')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });

  it('with several people reads them on demand, each with their owner', async () => {
    const { model, asked, chosen } = open({ id: '1', name: 'Анна' }, [ANNA, BORIS]);
    expect(asked).not.toHaveBeenCalled();
    await press(words.other);
    const select = await screen.findByLabelText(ru.framed.people.label);
    expect(options()).toEqual(['Анна', 'Борис · Отвечает: Вера']);
    await userEvent.selectOptions(select, '2');
    expect(chosen.mock.calls).toEqual([['2']]);
    model.show({ id: '2', name: 'Борис' });
    await screen.findByRole('option', { name: 'Борис' });
    expect(options()).toEqual(['Анна · Ничей клиент', 'Борис']);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('lets me return to the first person when the chosen one cannot be shown', async () => {
    const { chosen } = open({ id: '1', name: 'Анна' }, [ANNA, BORIS]);
    await press(words.other);
    const select = await screen.findByLabelText<HTMLSelectElement>(ru.framed.people.label);
    await userEvent.selectOptions(select, '2');
    expect(select.value).toBe('2');
    await userEvent.selectOptions(select, '1');
    expect(chosen.mock.calls).toEqual([['2'], ['1']]);
    expect(select.value).toBe('1');
  });

  it('without a main person asks to choose one first', async () => {
    const { chosen } = open(null, [BORIS]);
    expect(screen.getByText(words.none)).toBeTruthy();
    await press(words.choose);
    const select = await screen.findByLabelText(ru.framed.people.label);
    expect(options()).toEqual([words.choose, 'Борис · Отвечает: Вера']);
    await userEvent.selectOptions(select, '2');
    expect(chosen.mock.calls).toEqual([['2']]);
  });

  it('says that there is nobody else if I may not see the other people', async () => {
    open({ id: '1', name: 'Анна' }, [ANNA]);
    await press(words.other);
    expect(await screen.findByText(ru.framed.people.alone)).toBeTruthy();
    expect([screen.getByText('Анна').tagName, screen.queryByRole('button')]).toEqual(['P', null]);
  });

  it('offers to try again if the people could not be read', async () => {
    let isDown = true;
    const model = createPeopleOfDeal({
      hasOthers: true,
      async read() {
        if (isDown) throw new Error('The server is not there');
        return choosing => <PersonChoice people={[ANNA, BORIS]} {...choosing} />;
      },
      onChoose: () => undefined,
    });
    model.show({ id: '1', name: 'Анна' });
    show(<DealPeople people={model} />);
    await press(words.other);
    expect(await screen.findByText(words.failed)).toBeTruthy();
    isDown = false;
    await press(retry);
    expect(await screen.findByLabelText(ru.framed.people.label)).toBeTruthy();
    expect(screen.queryByText(words.failed)).toBeNull();
  });
});
