/**
 * `GET /own-settings` for every employee of the account, `PUT /own-settings` for its admins. The body is the settings
 * themselves, or `null` before they are saved for the first time. `ETag` is their version, which a write has to name in
 * `If-Match`.
 */
import { Hono, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { refusalOf } from '../../domain/own-limits.ts';
import { admin, type CallerEnv } from '../call.ts';
import { bodyOf } from '../http/body.ts';
import { Refused, refusal } from '../http/refusal.ts';
import type { Caller } from '../caller.ts';
import type { StoredOwnSettings, OwnSettings } from './own-settings.ts';

/** The version of the current settings. A page that has another version fetches them again. */
export const VERSION_HEADER = 'Own-Settings';

const fields = v.pipe(
  v.unknown(),
  v.check(value => !Array.isArray(value)),
  v.looseObject({}),
);
/** Checks only the kind of each field, because its contents may come from a later version of the widget. */
const body = v.pipe(
  fields,
  v.looseObject({
    standInOwners: v.optional(v.array(v.unknown())),
    claims: v.optional(fields),
    newcomers: v.optional(fields),
    channels: v.optional(v.looseObject({ groups: v.optional(fields), people: v.optional(fields) })),
  }),
);

type SettingsEnv = {
  Bindings: CallerEnv['Bindings'] & { readonly config: { readonly ownSettings: OwnSettings } };
};

export const ownSettingsRoutes = new Hono<SettingsEnv>()
  .get('/own-settings', async ({ env: { caller, config } }) =>
    answerWith(await config.ownSettings.read(caller.account)),
  )
  .put('/own-settings', admin, ({ env: { caller, config }, req }) =>
    write(req.raw, config.ownSettings, caller),
  );

/** Adds the version to every other answer. When the version cannot be read, the answer is sent without it. */
export const withVersion: MiddlewareHandler<SettingsEnv> = async (context, next) => {
  const { caller, config } = context.env;
  const reading = config.ownSettings.read(caller.account).catch(() => null);
  await next();
  const own = await reading;
  if (own) context.res.headers.set(VERSION_HEADER, own.version);
};

async function write(
  request: Request,
  ownSettings: OwnSettings,
  { account, employeeId }: Caller,
): Promise<Response> {
  const expected = /^(?:W\/)?"(\d{1,9})"$/.exec(request.headers.get('If-Match') ?? '')?.[1];
  if (expected === undefined) throw new Refused('PRECONDITION_REQUIRED');
  const settings = await bodyOf(request, body);
  const tooMuch = refusalOf(textOf(await ownSettings.read(account)), JSON.stringify(settings));
  if (tooMuch)
    throw new Refused(tooMuch === 'too-long' ? 'OWN_SETTINGS_TOO_LONG' : 'OWN_SETTINGS_TOO_MANY_PEOPLE');
  const origin = request.headers.get('Origin');
  const after = await ownSettings.write({ account, employeeId, origin, expected, settings });
  if (after) return answerWith(after);
  const current = await ownSettings.read(account);
  const stale = refusal('STALE', { current: current.settings });
  stale.headers.set('ETag', etagOf(current));
  return stale;
}

const textOf = ({ settings }: StoredOwnSettings): string => JSON.stringify(settings ?? {});
const etagOf = ({ version }: StoredOwnSettings): string => `"${version}"`;
const answerWith = (own: StoredOwnSettings): Response =>
  Response.json(own.settings, { headers: { ETag: etagOf(own) } });
