/**
 * The linter's rule `suites/apart`: no suite imports another one. What two of them need is nobody's own, so it stands in
 * test/support/, where somebody who changes it knows that others use it.
 */
import { dirname, join, sep } from 'node:path';

const SUITES = new Set(['unit', 'component', 'server', 'browser', 'stories', 'soak', 'engines', 'bench']);

/** The suite that a file belongs to; undefined for the stage, and for everything outside test/. */
function suiteOf(path, root) {
  const [folder, suite] = path.slice(root.length + 1).split(sep);
  return folder === 'test' && SUITES.has(suite) ? suite : undefined;
}

const apart = {
  create(context) {
    const { filename, cwd } = context;
    const own = suiteOf(filename, cwd);
    const look = node => {
      const imported = node.source?.value;
      if (own === undefined || typeof imported !== 'string' || !imported.startsWith('.')) return;
      const other = suiteOf(join(dirname(filename), imported), cwd);
      if (other === undefined || other === own) return;
      context.report({
        node,
        message: `test/${own} imports from test/${other}. Suites stand apart: what two of them need belongs in test/support/.`,
      });
    };
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
    };
  },
};

export default { meta: { name: 'suites' }, rules: { apart } };
