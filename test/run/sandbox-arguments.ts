/** The options of `npm start` and `npm run sandbox`. Any other argument is refused with one sentence. */
import { parseArgs } from 'node:util';
import { OFFICE, type Language } from '../world/people.ts';
import { ACCIDENTS, type Accident } from '../sandbox/wire/stage.ts';
import { BRANDS as GUESTS, type Brand as Guest } from '../sandbox/wire/boot.ts';

/** The emulated CRM: one in whose page the widget is a guest, or one that shows our pages in a frame. */
const BRANDS = [...GUESTS, 'pipedrive'] as const;

export type SandboxArguments = {
  readonly help: boolean;
  readonly watch: boolean;
  readonly port: number;
  readonly size: number;
  readonly language: Language;
  readonly brand: Guest | 'pipedrive';
  readonly limiter: boolean;
  /** Starts with everything set up. */
  readonly ready: boolean;
  readonly disturbances: readonly Accident[];
  /** Path of another widget's archive. */
  readonly widget: string | undefined;
  /** The integration's own addresses. */
  readonly redirectUri: string | undefined;
  readonly disableUri: string | undefined;
};

/** The message is one sentence for the person who typed the command. */
export class NotUnderstood extends Error {
  override name = 'NotUnderstood';
}

const LANGUAGES: readonly Language[] = ['ru', 'en'];

export const HELP = `npm run sandbox -- [options]     an emulated CRM with the widget in it

  --port 4173          the port to listen on; 0 takes a free one
  --size ${OFFICE}            employees in the account, 5 to 10000
  --lang ru            ${LANGUAGES.join(' or ')}
  --brand amocrm       ${BRANDS.join(', ')}; Kommo speaks English here
  --ready              the widget is installed and connected, roles are set, a client has written
  --limiter            the CRM refuses the eighth request in a second
  --disturb NAME       an accident that is prepared at the start; may be repeated:
                       ${ACCIDENTS.join('\n                       ')}
  --widget FILE.zip    installs another amoCRM or Kommo widget beside ours
  --redirect-uri URL   where Install and the consent page send codes
  --disable-uri URL    what is called when an account switches the integration off
  --watch              rebuilds on each change and reloads the open pages
  --help               prints this help
`;

/** Throws `NotUnderstood`. */
export function sandboxArguments(given: readonly string[]): SandboxArguments {
  const { size, port, lang, brand, disturb, ...flags } = parsed(given);
  const { 'redirect-uri': redirectUri, 'disable-uri': disableUri, ...rest } = flags;
  const known = oneOf('--brand', brand, BRANDS);
  const language = oneOf('--lang', lang ?? (known === 'kommo' ? 'en' : 'ru'), LANGUAGES);
  if (known === 'kommo' && language === 'ru') {
    throw new NotUnderstood('Kommo has no Russian: omit --lang, or use --lang en.');
  }
  const ofGuests = {
    '--widget': rest.widget,
    '--redirect-uri': redirectUri,
    '--disable-uri': disableUri,
    '--disturb': disturb[0],
  };
  const [foreign] = Object.entries(ofGuests).find(([, value]) => value !== undefined) ?? [];
  if (known === 'pipedrive' && foreign !== undefined) {
    throw new NotUnderstood(`${foreign} is not available with --brand pipedrive: omit it.`);
  }
  return {
    ...rest,
    size: whole('--size', size, 5, 10_000),
    port: whole('--port', port, 0, 65_535),
    language,
    brand: known,
    disturbances: disturb.map(name => oneOf('--disturb', name, ACCIDENTS)),
    widget: rest.widget,
    redirectUri: address('--redirect-uri', redirectUri),
    disableUri: address('--disable-uri', disableUri),
  };
}

function address(flag: string, value: string | undefined): string | undefined {
  if (value === undefined || /^https?:\/\//.test(value)) return value;
  throw new NotUnderstood(`${flag} ${value} is not understood: give an address with http:// or https://.`);
}

function parsed(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        help: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        limiter: { type: 'boolean', default: false },
        ready: { type: 'boolean', default: false },
        port: { type: 'string', default: '4173' },
        size: { type: 'string', default: String(OFFICE) },
        lang: { type: 'string' },
        brand: { type: 'string', default: 'amocrm' },
        disturb: { type: 'string', multiple: true, default: [] },
        widget: { type: 'string' },
        'redirect-uri': { type: 'string' },
        'disable-uri': { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [said = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new NotUnderstood(`${said.replace(/\.$/, '')}. npm run sandbox -- --help lists the options.`);
  }
}

function oneOf<Value extends string>(flag: string, value: string, values: readonly Value[]): Value {
  const found = values.find(one => one === value);
  if (found === undefined) {
    throw new NotUnderstood(`${flag} ${value} is unknown: choose ${values.join(', ')}.`);
  }
  return found;
}

function whole(flag: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new NotUnderstood(
    `${flag} ${value} is not understood: give a whole number from ${least} to ${most}.`,
  );
}
