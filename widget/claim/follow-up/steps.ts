/** Does one follow-up, whichever it is, and says how it ended. */
import { asFailure } from '../../http/failure.ts';
import { failed, type FollowUp, type FollowUpOutcome } from './follow-up.ts';
import { named } from './mention.ts';
import { moveDeals } from './move-deals.ts';
import { writeOnce } from './note.ts';
import type { OutboxNeeds } from './outbox.ts';
import { tell, type Telling } from './tell.ts';

export const followUpSteps =
  (
    needs: Telling & {
      readonly me: string;
      readonly nameOf: (employeeId: string) => string | undefined;
      readonly now: () => number;
    },
  ): OutboxNeeds['perform'] =>
  async (kept, { contact, sentAt, sending }): Promise<FollowUpOutcome> => {
    const { records, me, nameOf, now } = needs;
    const followUp: FollowUp = 'text' in kept ? { ...kept, text: named(kept.text, nameOf) } : kept;
    try {
      switch (followUp.kind) {
        case 'chat':
          return await tell(needs, followUp.contactId);
        case 'deals':
          return await moveDeals(needs, followUp, contact);
        case 'note':
        case 'task':
          return await writeOnce(records, followUp, { sentAt, sending, now, me });
        case 'answer':
          await records.completeTask(followUp.taskId, followUp.text);
          return { kind: 'written' };
      }
    } catch (thrown) {
      const failure = asFailure(thrown);
      return failure.service === 'crm' && failure.code === 'missing' ? { kind: 'void' } : failed(failure);
    }
  };
