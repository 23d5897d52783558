import { beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, B, claimStage, losing, noteOf, type ClaimStage } from './claim-stage.ts';

const DONE = { kind: 'done', deals: [] };

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

const notes = (): readonly string[] => at.world.crm.notes.map(({ text }) => text);

describe('people in a text', () => {
  it('get their names as the CRM has them, and cannot turn the sentence around', async () => {
    at.user(SELLER_A).name = '\u202Eevil';
    at.user(SELLER_B).name = 'B @[8001] $& <b>';
    await at.perform(noteOf(at, `@[${A}] took it from @[${B}], not from @[404]. @[${B}]!`));
    expect(notes()).toEqual([
      '\u2068evil\u2069 took it from B @[8001] $& <b>, not from 404. B @[8001] $& <b>!',
    ]);
  });

  it('are looked up ten times at most', async () => {
    const text = Array.from({ length: 300 }, (_, each) => `@[${9000 + each}]`).join(' ');
    await at.perform(noteOf(at, text));
    expect(at.asked.filter(one => one.includes('/users/')).length).toBeLessThanOrEqual(11);
    expect(notes()[0]).toContain('9299');
  });

  it('with invalid ids are not looked up', async () => {
    await at.perform(noteOf(at, '@[constructor] @[0]'));
    expect(notes()).toEqual(['constructor 0']);
    expect(at.asked.filter(one => /users\/(?!8002)/.test(one))).toEqual([]);
  });

  it('are found under their names after a lost answer', async () => {
    at.gate = losing(at, /^POST/, 'after');
    at.user(SELLER_B).name = '  B\n  two ';
    expect(await at.attempt(at.row(noteOf(at, `From @[${B}]`)))).toEqual(DONE);
    expect(notes()).toHaveLength(1);
  });
});

it('a note with half of a surrogate pair is found after a lost answer', async () => {
  at.gate = losing(at, /^POST/, 'after');
  expect(await at.attempt(at.row(noteOf(at, 'Cut \uD83D off')))).toEqual(DONE);
});
