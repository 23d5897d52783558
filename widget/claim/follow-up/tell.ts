/**
 * Has the chat service told who is responsible. A page says only which client has changed hands: the server looks at the
 * client in the CRM, so a late try never puts an old responsible back.
 */
import type { Chat } from '../../chat/chat.ts';
import type { Contact, HostRecords } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import { failed, type ChatOutcome } from './follow-up.ts';

export type Telling = {
  readonly records: HostRecords;
  /** `null`: none is connected. */
  readonly chat: Chat | null;
};

export async function tell(
  { chat }: Telling,
  contactId: string,
  dealIds?: readonly string[],
): Promise<ChatOutcome | { readonly kind: 'void' }> {
  if (!chat) return { kind: 'not-connected' };
  try {
    const client = await chat.changed(contactId, dealIds);
    switch (client.kind) {
      case 'known':
        return { kind: 'told', unreadable: client.notNumbers };
      case 'without-number':
        return { kind: 'nothing-to-tell', unreadable: client.notNumbers };
      case 'free':
        return { kind: 'freed' };
      case 'gone':
        return { kind: 'void' };
    }
  } catch (thrown) {
    // Hidden from me since; the server has looked all the same.
    if (thrown instanceof Failure && thrown.code === 'missing') return { kind: 'void' };
    return failed(thrown);
  }
}

/** `null`: deleted, or hidden from me. */
export async function contactIfShown(records: HostRecords, contactId: string): Promise<Contact | null> {
  try {
    return await records.contact(contactId);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'missing') return null;
    throw thrown;
  }
}
