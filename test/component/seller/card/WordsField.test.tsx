import { signal } from '@preact/signals';
import { fireEvent, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WordsField } from '../../../../widget/seller/card/view/WordsField.tsx';
import { cleanup, show } from '../../show.tsx';

const MOST = 500;
const FAMILY = '👨‍👩‍👧‍👦';
const words = signal('');
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Причина' });

beforeEach(() => {
  words.value = '';
  show(<WordsField label="Причина" words={words} />);
});
afterEach(cleanup);

describe('a text field with a limit', () => {
  it('cuts pasted text at the limit, and never inside an emoji', async () => {
    await userEvent.click(field());
    await userEvent.paste(`${'а'.repeat(MOST - 1)}${FAMILY}`);
    expect(words.value).toBe('а'.repeat(MOST - 1));
    expect(field().value).toBe(words.value);
  });

  it('keeps the text behind the caret when too much is pasted before it', async () => {
    words.value = 'я'.repeat(MOST - 3);
    await userEvent.click(field());
    field().setSelectionRange(0, 0);
    await userEvent.paste(`ок${FAMILY}`);
    expect(words.value).toBe(`ок${'я'.repeat(MOST - 3)}`);
    expect(field().selectionStart).toBe(2);
  });

  it('cuts the text only after an input method has finished', () => {
    const composed = 'か'.repeat(MOST + 1);
    fireEvent.input(field(), { target: { value: composed }, isComposing: true });
    expect(words.value).toBe(composed);
    fireEvent.compositionEnd(field());
    expect(words.value).toBe('か'.repeat(MOST));
  });
});
