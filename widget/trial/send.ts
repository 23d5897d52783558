/** Sends one trial message, exactly once. */
import type { Chat, Outgoing } from '../chat/chat.ts';
import { asFailure } from '../http/failure.ts';
import { verdictOn, type Verdict } from './trial.ts';

/** The service signs a message with a person's name only if it knows him, so he is introduced first. */
export async function sendTrial(
  chat: Chat,
  message: Outgoing,
  author: { readonly id: string; readonly name: string },
): Promise<Verdict> {
  try {
    await chat.introduce([author]);
  } catch (thrown) {
    return { kind: 'refused', failure: asFailure(thrown), problem: null };
  }
  try {
    await chat.send(message);
    return { kind: 'sent' };
  } catch (thrown) {
    return verdictOn(asFailure(thrown));
  }
}
