import { describe, expect, it } from 'vitest';
import { textsOf } from './faults.ts';
import { hisOrHers, namesOfNothing, finalSentences, sightAsOpening, typographyFaults } from './wording.ts';

describe('a text that is set or worded wrongly', () => {
  it.each([
    ['ru', 'Ключ "Wazzup"'],
    ['ru', 'Роли — это просто'],
    ['kk', 'Соңғы 24 сағатта'],
    ['en', "It can't be"],
    ['en', 'Click "Save"'],
    ['es', 'Haz clic en «Guardar»'],
  ])('in %s is reported for its typography: %s', (locale, text) => {
    expect(typographyFaults(locale, textsOf({ text }))).toEqual(['text']);
  });

  it.each([
    ['ru', 'Последние 24\u{a0}часа\u{a0}— «так»'],
    ['ru', '— не выбран —'],
    ['en', 'It can’t be “so” <a href="https://example.com">here</a>'],
  ])('in %s is accepted when its typography is right: %s', (locale, text) => {
    expect(typographyFaults(locale, textsOf({ text }))).toEqual([]);
  });

  it('is reported when it quotes a name that is not on the screen', () => {
    const texts = textsOf({
      save: 'Save',
      right: 'Click “Save”',
      wrong: 'Click “Store”',
      name: '“{{name}}”',
    });
    expect(namesOfNothing(texts)).toEqual(['wrong: Store']);
  });

  it.each([
    ['ru', 'Чтобы закрыть чат, смените ответственного.'],
    ['en', 'To open new clients’ chats, turn it on.'],
    ['tr', 'Sohbeti açmak için bir rol seçin.'],
  ])('in %s is reported for calling a shown chat "open": %s', (locale, text) => {
    expect(sightAsOpening(locale, textsOf({ why: { change: { one: text } } }))).toEqual(['why.change.one']);
    expect(sightAsOpening(locale, textsOf({ open: text }))).toEqual([]);
  });

  it.each([
    ['ru', 'Прежнего ответственного больше нет: клиент ваш.'],
    ['es', 'El responsable anterior ya no está: el cliente es tuyo.'],
    ['tr', 'Önceki sorumlu artık yok: müşteri sizde.'],
    ['id', 'Penanggung jawab sebelumnya sudah tidak ada: klien milik Anda.'],
    ['kk', 'Бұрынғы жауапты енді жоқ: клиент сіздікі.'],
  ])('in %s is reported for speaking of a colleague as if they had died: %s', (locale, text) => {
    expect(finalSentences(locale, textsOf({ text }))).toEqual(['text']);
  });

  it.each([
    ['en', 'A channel that is gone'],
    ['ru', 'Канал, которого больше нет'],
    ['id', 'Kanal yang sudah tidak ada'],
  ])('in %s may say that a thing is gone: %s', (locale, text) => {
    expect(finalSentences(locale, textsOf({ text }))).toEqual([]);
  });

  it('is reported for "he" or "she"', () => {
    expect(
      hisOrHers(textsOf({ wrong: 'Sees his clients', right: 'Sees their clients; this one, the other' })),
    ).toEqual(['wrong']);
  });
});
