/** The fields of a package in npm's two lists. */
export type Package = {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
};
/** Packages by folder; '' is the project itself. */
export type PackageList = { readonly packages: Readonly<Record<string, Package>> };
export type Machine = { readonly os: string; readonly cpu: string; readonly libc: string | undefined };

export function isInstalled(
  lock: PackageList | undefined,
  installed: PackageList | undefined,
  machine: Machine,
  isThere: (path: string) => boolean,
): boolean;
export function thisMachine(): Machine;
