/**
 * `GET /own-settings` for everybody of the account, `PUT /own-settings` for its admins. The body is the settings
 * themselves, `null` as long as nobody has saved any; `ETag` is their version, which a write has to name in `If-Match`.
 */
import { Hono, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { refusalOf } from '../../domain/own-limits.ts';
import { admin, type CallerEnv } from '../call.ts';
import { bodyOf } from '../http/body.ts';
import { Refused, refusal } from '../http/refusal.ts';
import type { Caller } from '../caller.ts';
import type { KeptOwnSettings, OwnSettings } from './own-settings.ts';

/** Which version a page should know. One that knows another asks for it. */
export const VERSION_HEADER = 'Own-Settings';

const fields = v.pipe(
  v.unknown(),
  v.check(value => !Array.isArray(value)),
  v.looseObject({}),
);
/** What each field holds may be of a later version; that it holds something of its kind is asked of every version. */
const body = v.pipe(
  fields,
  v.looseObject({
    standInOwners: v.optional(v.array(v.unknown())),
    claims: v.optional(fields),
    newcomers: v.optional(fields),
    channels: v.optional(v.looseObject({ groups: v.optional(fields), people: v.optional(fields) })),
  }),
  v.check(settings => isStorable(JSON.stringify(settings))),
);

/** A database of Unicode text takes neither NUL nor half a character. */
const isStorable = (text: string): boolean => !/\\u(0000|d[89a-f])/.test(text);

type SettingsEnv = {
  Bindings: CallerEnv['Bindings'] & { readonly config: { readonly ownSettings: OwnSettings } };
};

export const ownSettingsRoutes = new Hono<SettingsEnv>()
  .get('/own-settings', async ({ env: { caller, config } }) =>
    told(await config.ownSettings.read(caller.account)),
  )
  .put('/own-settings', admin, ({ env: { caller, config }, req }) =>
    written(req.raw, config.ownSettings, caller),
  );

/** On every other answer, without which it is an answer all the same. */
export const versionTold: MiddlewareHandler<SettingsEnv> = async (context, next) => {
  const { caller, config } = context.env;
  const reading = config.ownSettings.read(caller.account).catch(() => null);
  await next();
  const kept = await reading;
  if (kept) context.res.headers.set(VERSION_HEADER, kept.version);
};

async function written(
  request: Request,
  kept: OwnSettings,
  { account, employeeId }: Caller,
): Promise<Response> {
  const expected = /^(?:W\/)?"(\d{1,9})"$/.exec(request.headers.get('If-Match') ?? '')?.[1];
  if (expected === undefined) throw new Refused('PRECONDITION_REQUIRED');
  const settings = await bodyOf(request, body);
  const tooMuch = refusalOf(textOf(await kept.read(account)), JSON.stringify(settings));
  if (tooMuch)
    throw new Refused(tooMuch === 'too-long' ? 'OWN_SETTINGS_TOO_LONG' : 'OWN_SETTINGS_TOO_MANY_PEOPLE');
  const origin = request.headers.get('Origin');
  const after = await kept.write({ account, employeeId, origin, expected, settings });
  if (after) return told(after);
  const current = await kept.read(account);
  const stale = refusal('STALE', { current: current.settings });
  stale.headers.set('ETag', etagOf(current));
  return stale;
}

const textOf = ({ settings }: KeptOwnSettings): string => JSON.stringify(settings ?? {});
const etagOf = ({ version }: KeptOwnSettings): string => `"${version}"`;
const told = (kept: KeptOwnSettings): Response =>
  Response.json(kept.settings, { headers: { ETag: etagOf(kept) } });
