import { describe, expect, it } from 'vitest';
import { HELP, sandboxArguments } from '../../run/sandbox-arguments.ts';
import { ACCIDENTS } from '../../sandbox/wire/stage.ts';

describe('the arguments of the sandbox', () => {
  it('have defaults', () => {
    expect(sandboxArguments([])).toEqual({
      help: false,
      watch: false,
      port: 4173,
      size: 15,
      language: 'ru',
      brand: 'amocrm',
      limiter: false,
      ready: false,
      disturbances: [],
      widget: undefined,
      redirectUri: undefined,
      disableUri: undefined,
    });
  });

  it('can be the addresses of an integration', () => {
    const flags = '--redirect-uri http://127.0.0.1:9000/code --disable-uri https://a.b/off';
    expect(sandboxArguments(flags.split(' '))).toMatchObject({
      redirectUri: 'http://127.0.0.1:9000/code',
      disableUri: 'https://a.b/off',
    });
  });

  it('are read from flags', () => {
    const flags =
      '--size 500 --lang en --disturb slow --disturb claim-late --limiter --port 0 --widget other.zip';
    expect(sandboxArguments(flags.split(' '))).toMatchObject({
      size: 500,
      language: 'en',
      disturbances: ['slow', 'claim-late'],
      limiter: true,
      port: 0,
      widget: 'other.zip',
    });
  });

  it('can choose Pipedrive, a ready account and Russian', () => {
    const flags = '--brand pipedrive --ready --lang ru'.split(' ');
    expect(sandboxArguments(flags)).toMatchObject({ brand: 'pipedrive', ready: true, language: 'ru' });
  });

  it('default to English for a brand that uses English', () => {
    expect(sandboxArguments(['--brand', 'kommo']).language).toBe('en');
  });

  it.each([
    [['--colour', 'red'], "Unknown option '--colour'. npm run sandbox -- --help lists the options."],
    [
      ['--redirect-uri', 'here'],
      '--redirect-uri here is not understood: give an address with http:// or https://.',
    ],
    [['fast'], /^Unexpected argument 'fast'.*--help lists the options\.$/],
    [['--size', '4'], '--size 4 is not understood: give a whole number from 5 to 10000.'],
    [['--size', 'many'], '--size many is not understood: give a whole number from 5 to 10000.'],
    [['--lang', 'de'], '--lang de is unknown: choose ru, en.'],
    [['--brand', 'kommo', '--lang', 'ru'], 'Kommo has no Russian: omit --lang, or use --lang en.'],
    [
      ['--brand', 'pipedrive', '--widget', 'other.zip'],
      '--widget is not available with --brand pipedrive: omit it.',
    ],
    [['--brand', 'bitrix'], '--brand bitrix is unknown: choose amocrm, kommo, pipedrive.'],
    [['--disturb', 'flood'], /^--disturb flood is unknown: choose claim-refused, /],
  ])('are refused with a sentence: %j', (given, sentence) => {
    expect(() => sandboxArguments(given)).toThrow(sentence);
  });

  it('are explained by a help text that names every accident', () => {
    expect(ACCIDENTS.filter(name => !HELP.includes(name))).toEqual([]);
  });
});
