import { Clock, CornerDownRight } from "lucide-react";
import { waitingWords } from "#components/trace/message-words.ts";
import { icon, smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { isOpen } from "#lib/domain/message-view.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import type { SentMessage } from "./use-messages.ts";

/** The messages that nobody has read yet: on their way to the server, then queued. */
export function WaitingMessages({ view, sent }: { view: RunView; sent: readonly SentMessage[] }) {
  const open = view.messages.filter(isOpen).map((message) => ({ ...message, key: message.messageId, words: waitingWords(message, view) }));
  const known = new Set(view.messages.map(({ messageId }) => messageId));
  const onTheWay = sent
    .filter(({ messageId }) => messageId === null || !known.has(messageId))
    .map((message) => ({ ...message, words: message.messageId === null ? "sending" : "queued" }));
  if (open.length + onTheWay.length === 0) return null;
  return (
    <ul aria-label="Messages that wait" className="scroll-thin grid max-h-24 gap-1.5 overflow-y-auto px-3 pt-2 max-sm:max-h-14">
      {[...open, ...onTheWay].map(({ key, text, words }) => (
        <li key={key} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <CornerDownRight {...icon} />
          <span className="line-clamp-2 min-w-0 flex-[1_1_8rem] wrap-anywhere">{text}</span>
          <Tag>
            <Clock {...smallIcon} />
            {words}
          </Tag>
        </li>
      ))}
    </ul>
  );
}
