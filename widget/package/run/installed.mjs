/**
 * Checks whether npm has installed what package-lock.json names. npm records an installation at its end in
 * node_modules/.package-lock.json, so packages missing after an interrupted installation, or one without development
 * tools, are missing in that list too.
 */

/**
 * `isThere` checks whether a package's folder exists. Packages that npm skips on this machine do not count: those for
 * other platforms, and optional ones that only those need.
 */
export function isInstalled(lock, installed, machine, isThere) {
  if (!lock) return false;
  const found = installed?.packages ?? {};
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || !isNeeded(wanted, machine)) return true;
    const own = found[path];
    return own?.version === wanted.version && own?.integrity === wanted.integrity && isThere(path);
  });
}

function isNeeded({ optional = false, os, cpu, libc }, machine) {
  if (!optional) return true;
  const isForSome = os !== undefined || cpu !== undefined;
  return isForSome && fits(os, machine.os) && fits(cpu, machine.cpu) && fits(libc, machine.libc);
}

/** As npm reads the list: an entry with `!` forbids, and entries without it are the only ones allowed. */
function fits(names, own) {
  if (names === undefined) return true;
  const list = [names].flat();
  const allowed = list.filter(name => !name.startsWith('!'));
  return !list.includes(`!${own}`) && (allowed.length === 0 || allowed.includes(own));
}

export function thisMachine() {
  const isGlibc = () => process.report.getReport().header.glibcVersionRuntime !== undefined;
  return {
    os: process.platform,
    cpu: process.arch,
    libc: process.platform !== 'linux' ? undefined : isGlibc() ? 'glibc' : 'musl',
  };
}
