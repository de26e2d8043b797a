import type { Event } from "./event.ts";

/** What the reader added to a question, and where it went. */
export interface MessageView {
  messageId: string;
  text: string;
  /** The lane it is for; null: every one. */
  to: string | null;
  queuedAt: string;
  /** In whose prompts it stands, and from which step on. */
  delivered: readonly { lane: string; step: number }[];
  /** It will reach nobody any more: the run, or the only lane it was for, has ended. */
  lost: "run-ended" | "lane-ended" | null;
}

/** The messages after one more event; the same array where it changes none of them. */
export function withMessages(messages: readonly MessageView[], event: Event): readonly MessageView[] {
  switch (event.type) {
    case "message-queued": {
      const { messageId, text, to = null, at } = event;
      return [...messages, { messageId, text, to, queuedAt: at, delivered: [], lost: null }];
    }
    case "message-delivered":
      return changed(
        messages,
        (message) => message.messageId === event.messageId,
        (message) => ({ ...message, delivered: [...message.delivered, { lane: event.lane, step: event.step }] }),
      );
    case "lane-ended":
      return changed(
        messages,
        (message) => message.to === event.lane && isOpen(message),
        (message) => ({ ...message, lost: "lane-ended" }),
      );
    case "run-ended":
      return changed(messages, isOpen, (message) => ({ ...message, lost: "run-ended" }));
    default:
      return messages;
  }
}

/** Whether it waits to be delivered. */
export const isOpen = ({ delivered, lost }: MessageView): boolean => delivered.length === 0 && lost === null;

function changed(
  messages: readonly MessageView[],
  which: (message: MessageView) => boolean,
  change: (message: MessageView) => MessageView,
): readonly MessageView[] {
  return messages.some(which) ? messages.map((message) => (which(message) ? change(message) : message)) : messages;
}
