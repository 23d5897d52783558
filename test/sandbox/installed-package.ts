/**
 * The widget's archive as the CRM serves it after an upload: its files by path, a version that increases with each
 * upload, and the locations in its manifest.
 */
import { unzipSync } from 'fflate';
import * as v from 'valibot';

const manifestSchema = v.object({
  widget: v.object({
    version: v.optional(v.string(), '0.0.0'),
    init_once: v.optional(v.unknown()),
    code: v.optional(v.string()),
  }),
  locations: v.optional(v.array(v.string()), []),
  advanced: v.optional(v.object({ title: v.string() })),
});

export type InstalledPackage = {
  /** Part of the addresses of script.js and of the locale files only. */
  readonly version: string;
  readonly initOnce: boolean;
  readonly file: (path: string) => Uint8Array | undefined;
  readonly showsIn: (area: string) => boolean;
  /** Only old archives contain their code: the CRM assigns one to each new integration. */
  readonly code: string | undefined;
  /** The locations in its manifest, without suffixes. */
  readonly locations: readonly string[];
  /** The key of the title of its advanced settings page, if it has one. */
  readonly advancedTitle: string | undefined;
};

/** Maps the areas requested by pages to the manifest's locations. */
const LOCATION_OF: Record<string, string> = {
  contacts_card: 'ccard',
  contacts: 'clist',
  leads_card: 'lcard',
  leads: 'llist',
  widgetsSettings: 'settings',
  'advanced-settings': 'advanced_settings',
};

/**
 * `upload` counts from 1. The CRM requires a new version in the manifest for each upload; the sandbox does not, for the
 * convenience of developers.
 */
export function openPackage(zip: Uint8Array, upload: number, server?: string): InstalledPackage {
  const files = new Map(
    Object.entries(unzipped(zip)).map(([path, content]) => [path, addressed(path, content, server)]),
  );
  const manifest = files.get('manifest.json');
  if (!manifest) throw new Error('The archive has no manifest.json at its root');
  const { widget, locations, advanced } = manifestFrom(manifest);
  const names = new Set(locations.map(location => location.replace(/-[01]$/, '')));
  return {
    version: upload === 1 ? widget.version : `${widget.version}-${upload}`,
    initOnce: widget.init_once === true || widget.init_once === 'Y',
    file: path => files.get(path),
    showsIn: area => {
      const [kind = ''] = area.split(':');
      return names.has(LOCATION_OF[kind] ?? kind) || (names.has('everywhere') && kind === area);
    },
    code: widget.code,
    locations: [...names],
    advancedTitle: names.has('advanced_settings') ? (advanced?.title ?? '') : undefined,
  };
}

/**
 * A placeholder for the address of the sandbox that serves the package, so that one build serves all of them. The
 * served package equals one built with the sandbox's address.
 */
export const ANY_SERVER = 'http://the-server-of-this-sandbox.localhost';

function addressed(path: string, content: Uint8Array, server: string | undefined): Uint8Array {
  if (server === undefined || !path.endsWith('.js')) return content;
  const text = new TextDecoder().decode(content);
  return text.includes(ANY_SERVER) ? new TextEncoder().encode(text.replaceAll(ANY_SERVER, server)) : content;
}

function unzipped(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw new Error('The file is not a zip archive');
  }
}

function manifestFrom(bytes: Uint8Array): v.InferOutput<typeof manifestSchema> {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), manifestSchema),
    new TextDecoder().decode(bytes),
  );
  if (parsed.success) return parsed.output;
  throw new Error(`The archive's manifest.json is not understood: ${parsed.issues[0].message}`);
}
