/**
 * Whether npm has put in place what package-lock.json names. npm itself writes down what it has installed, at the end of
 * an installation: node_modules/.package-lock.json. What an installation that stopped half-way or left the tools out
 * lacks, that list lacks too.
 */

/**
 * `isThere` looks whether a package's folder still holds one. What npm leaves out on this machine does not count: packages
 * for others, and optional ones that only those need.
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

/** As npm reads it: `!` in front forbids, and whatever is named without it is all that is allowed. */
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
