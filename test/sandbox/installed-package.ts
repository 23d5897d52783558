/**
 * The widget's archive as the CRM serves it after an upload: its files by path, a version that grows with
 * each upload, and the pages it asked for in its manifest.
 */
import { unzipSync } from 'fflate';
import * as v from 'valibot';

const manifestSchema = v.object({
  widget: v.object({ version: v.optional(v.string(), '0.0.0'), init_once: v.optional(v.boolean(), false) }),
  locations: v.array(v.string()),
});

export type InstalledPackage = {
  /** Goes into the addresses of script.js and of the words, and nowhere else. */
  readonly version: string;
  readonly initOnce: boolean;
  readonly file: (path: string) => Uint8Array | undefined;
  readonly showsIn: (area: string) => boolean;
};

/** The manifest's words for the areas that pages ask for. */
const LOCATION_OF: Record<string, string> = {
  contacts_card: 'ccard',
  contacts: 'clist',
  leads_card: 'lcard',
  leads: 'llist',
  widgetsSettings: 'settings',
};

/**
 * `upload` counts from 1. The CRM wants a new version in the manifest for each upload; a developer who
 * builds again and again is spared that.
 */
export function openPackage(zip: Uint8Array, upload: number): InstalledPackage {
  const files = new Map(Object.entries(unzipSync(zip)));
  const manifest = files.get('manifest.json');
  if (!manifest) throw new Error('The archive has no manifest.json at its root');
  const { widget, locations } = v.parse(manifestSchema, JSON.parse(new TextDecoder().decode(manifest)));
  const names = new Set(locations.map(location => location.replace(/-[01]$/, '')));
  return {
    version: upload === 1 ? widget.version : `${widget.version}-${upload}`,
    initOnce: widget.init_once,
    file: path => files.get(path),
    showsIn: area => names.has('everywhere') || names.has(LOCATION_OF[area] ?? area),
  };
}
