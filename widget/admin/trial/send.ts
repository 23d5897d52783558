/** Sends one trial message, exactly once. */
import { KEY_TOO_WEAK, type Chat, type Outgoing } from '../../chat/chat.ts';
import { asFailure } from '../../http/failure.ts';
import { verdictOn, type Verdict } from './trial.ts';

/**
 * The service signs a message with a person's name only if it knows the person, so the person is sent to the service
 * first. With a key for channels and messages only, the message is unsigned.
 */
export async function sendTrial(
  chat: Chat,
  message: Outgoing,
  author: { readonly id: string; readonly name: string },
): Promise<Verdict> {
  try {
    await chat.introduce([author]);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.reason !== KEY_TOO_WEAK) return { kind: 'refused', failure, problem: null };
  }
  try {
    await chat.send(message);
    return { kind: 'sent' };
  } catch (thrown) {
    return verdictOn(asFailure(thrown));
  }
}
