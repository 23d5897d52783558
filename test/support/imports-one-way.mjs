/**
 * Two linter rules about imports.
 *
 * `imports/suites-apart`: no suite imports another one. What two of them need belongs to test/support/, where an editor
 * knows that others use it.
 *
 * `imports/rooms-in-order`: the rooms of the server form layers, so that each can be understood with only the rooms
 * below it.
 */
import { dirname, join, sep } from 'node:path';

const SUITES = new Set(['unit', 'component', 'server', 'browser', 'stories', 'soak', 'engines', 'bench']);

/** The rooms of server/, from the bottom up. */
const ROOMS = [
  'http',
  'caller.ts',
  'call.ts',
  'pages',
  'store',
  'crm',
  'chat',
  'outgoing.ts',
  'history',
  'own-settings',
  'accounts',
  'connections',
  'hooks',
  'claims',
  'follow',
  'gateway',
  'alarms',
  'leaving',
  'frames',
  'app.ts',
  'operations',
  'node',
];

/** A rule about each import of another place. `placeOf` finds the place in a path's folders, or returns undefined. */
const between = (placeOf, complaint) => ({
  create(context) {
    const { filename, cwd } = context;
    const placeAt = path => placeOf(path.slice(cwd.length + 1).split(sep));
    const own = placeAt(filename);
    const look = node => {
      const imported = node.source?.value;
      if (own === undefined || typeof imported !== 'string' || !imported.startsWith('.')) return;
      const other = placeAt(join(dirname(filename), imported));
      const message = other === undefined || other === own ? null : complaint(own, other);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
    };
  },
});

const apart = between(
  ([folder, suite]) => (folder === 'test' && SUITES.has(suite) ? suite : undefined),
  (own, other) =>
    `test/${own} imports from test/${other}. Suites must not import each other: move what both need to test/support/.`,
);

const inOrder = between(
  ([folder, room]) => (folder === 'server' ? room : undefined),
  (own, other) => {
    const unknown = [own, other].find(room => !ROOMS.includes(room));
    if (unknown !== undefined)
      return `server/${unknown} is not in the list of rooms: add it to ROOMS in test/support/imports-one-way.mjs.`;
    if (ROOMS.indexOf(other) < ROOMS.indexOf(own)) return null;
    return `server/${own} imports from server/${other}, which is above it. Rooms import only from rooms below: move what both need below both. From the bottom up: ${ROOMS.join(', ')}.`;
  },
);

export default { meta: { name: 'imports' }, rules: { 'suites-apart': apart, 'rooms-in-order': inOrder } };
