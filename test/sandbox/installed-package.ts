/**
 * The widget's archive as the CRM serves it after an upload: its files by path, a version that grows with
 * each upload, and the pages it asked for in its manifest.
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
  /** Goes into the addresses of script.js and of the words, and nowhere else. */
  readonly version: string;
  readonly initOnce: boolean;
  readonly file: (path: string) => Uint8Array | undefined;
  readonly showsIn: (area: string) => boolean;
  /** Only old archives name their code: the CRM gives one to each new integration. */
  readonly code: string | undefined;
  /** Where the manifest says that it runs, without a suffix. */
  readonly locations: readonly string[];
  /** The key of its page's title, when it has a page of advanced settings. */
  readonly advancedTitle: string | undefined;
};

/** The manifest's words for the areas that pages ask for. */
const LOCATION_OF: Record<string, string> = {
  contacts_card: 'ccard',
  contacts: 'clist',
  leads_card: 'lcard',
  leads: 'llist',
  widgetsSettings: 'settings',
  'advanced-settings': 'advanced_settings',
};

/**
 * `upload` counts from 1. The CRM wants a new version in the manifest for each upload; a developer who
 * builds again and again is spared that.
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
 * Stands for the address of whichever sandbox serves the package: one build does for all of them, and the package that is
 * served is the one that a build with that address would have made.
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
