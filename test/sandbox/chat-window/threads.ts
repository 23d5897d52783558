/** The chat service's answers to its own window. */
import * as v from 'valibot';

export const threadsSchema = v.object({
  user: v.object({ id: v.string(), name: v.string() }),
  access: v.boolean(),
  /** The chat on which the window was asked to open. */
  active: v.optional(v.object({ channelId: v.optional(v.string()), chatId: v.string() })),
  threads: v.array(
    v.object({
      channelId: v.string(),
      channelName: v.string(),
      chatType: v.string(),
      chatId: v.string(),
      name: v.string(),
      mayWrite: v.boolean(),
      messages: v.array(
        v.object({ id: v.string(), at: v.number(), text: v.string(), mine: v.boolean(), author: v.string() }),
      ),
    }),
  ),
});

export type Threads = v.InferOutput<typeof threadsSchema>;
export type Thread = Threads['threads'][number];

export const isSame = (one: Thread, other: Thread): boolean =>
  one.channelId === other.channelId && one.chatId === other.chatId;
