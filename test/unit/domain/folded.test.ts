import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcherOf } from '../../../domain/directory.ts';
import { folded } from '../../../domain/folded.ts';

describe('a search', () => {
  it.each([
    ['ru', 'Алёна Йорданова', 'алена иорданова'],
    ['ru', 'Андрей', 'АНДРЕЙ'],
    ['ru', 'Андрей', 'андреи'],
    ['en', 'O’Neil', "o'neil"],
    ['en', "O'Neil", 'o‘neil'],
    ['en', 'Zoë Smith‑Jones', 'zoe smith-jones'],
    ['en', 'ＪＯＨＮ　Smith', 'john smith'],
    ['es', 'José Muñoz', 'jose munoz'],
    ['es', 'Jose Munoz', 'JOSÉ MUÑOZ'],
    ['pt', 'Conceição d’Ávila', "conceicao d'avila"],
    ['tr', 'İrem Işık', 'irem isik'],
    ['tr', 'Irmak', 'ırmak'],
    ['tr', 'Çağrı Güneş', 'cagri gunes'],
    ['id', 'Nur\u00A0Aini', 'nur aini'],
    ['id', 'Sri\u200BWahyuni', 'sriwahyuni'],
    ['en', 'Anna\uFE0F\u3164 Lee', 'anna lee'],
    ['kk', 'Қасым Әлиұлы', 'касым алиулы'],
    ['kk', 'Гүлнәр Һадиша', 'гулнар хадиша'],
    ['kk', 'Іңкәр', 'инкар'],
    ['pl', 'Łukasz Żółć', 'lukasz zolc'],
    ['da', 'Søren Kjærgård', 'soren kjaergard'],
    ['de', 'Groß', 'GROSS'],
    ['vi', 'Đặng Thị Ánh', 'dang thi anh'],
    ['fr', 'D´Artagnan ŒUVRE', "d'artagnan oeuvre"],
    ['uk', 'Євген Ґалаґан', 'евген галаган'],
    ['el', 'ΟΔΥΣΣΕΑΣ', 'οδυσσεας'],
  ])('in %s finds %s by “%s”', (_language, name, typed) => {
    expect(matcherOf(typed)(folded(name))).toBe(true);
    expect(matcherOf(name)(folded(typed))).toBe(true);
  });

  it.each([
    ['Артём', 'артур'],
    ['O’Neil', 'o-neil'],
    ['Anna-Maria', 'anna_maria'],
  ])('does not find %s by “%s”', (name, typed) => expect(matcherOf(typed)(folded(name))).toBe(false));
});

describe('folding', () => {
  const text = fc.string({ unit: 'binary' });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, one => {
        expect(folded(folded(one))).toBe(folded(one));
      }),
      { numRuns: 5000 },
    );
  });

  it('does not depend on how letters are composed', () => {
    fc.assert(
      fc.property(text, one => {
        expect(folded(one.normalize('NFD'))).toBe(folded(one.normalize('NFC')));
      }),
    );
  });
});
