/** The linter's rule `browsers/lacking`: what in-script.mjs finds, while it is written. */
import { lackingVisitor } from './in-script.mjs';

const lacking = {
  create: context => lackingVisitor((node, message) => context.report({ node, message })),
};

export default { meta: { name: 'browsers' }, rules: { lacking } };
