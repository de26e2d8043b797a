import type { Event } from "./event.ts";
import type { ReaderMessage } from "./reader-message.ts";

/** What the reader added to the question, as far as it concerns one lane. */
export interface LaneMessages {
  /** Queued for the lane, and not in its prompts yet. */
  waiting: readonly ReaderMessage[];
  delivered: readonly ReaderMessage[];
}

export const noMessages: LaneMessages = { waiting: [], delivered: [] };

/** The lane's messages after one more event, which is of no other lane. Whoever gives `lane` has left out what others were delivered. */
export function withMessage(messages: LaneMessages, event: Event, lane: string): LaneMessages {
  switch (event.type) {
    case "message-queued": {
      if (event.to !== undefined && event.to !== lane) return messages;
      const { messageId, text } = event;
      return { ...messages, waiting: [...messages.waiting, { messageId, text }] };
    }
    case "message-delivered": {
      const message = messages.waiting.find(({ messageId }) => messageId === event.messageId);
      if (!message) return messages;
      return { waiting: messages.waiting.filter((each) => each !== message), delivered: [...messages.delivered, message] };
    }
    default:
      return messages;
  }
}

/** The same over a whole log. */
export const laneMessagesIn = (events: readonly Event[], lane: string): LaneMessages =>
  events.reduce((messages, event) => ("lane" in event && event.lane !== lane ? messages : withMessage(messages, event, lane)), noMessages);
