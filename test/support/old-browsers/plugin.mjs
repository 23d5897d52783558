/** The linter rule `browsers/lacking`: reports what in-script.mjs finds, while the code is written. */
import { lackingVisitor } from './in-script.mjs';

const lacking = {
  create: context => lackingVisitor((node, message) => context.report({ node, message })),
};

export default { meta: { name: 'browsers' }, rules: { lacking } };
