import type { TextChannel } from "#lib/domain/event.ts";

/** `start`: no tag yet. `hidden`: calls, shown once they can be read. */
type Region = "start" | "thought" | "answer" | "hidden";

const tags: Record<string, Region> = {
  "<think>": "thought",
  "</think>": "hidden",
  "<answer>": "answer",
  "</answer>": "hidden",
  "<tool_call>": "hidden",
  "</tool_call>": "hidden",
};
const names = Object.keys(tags);
const longest = Math.max(...names.map((tag) => tag.length));

/**
 * Splits a turn into thought and answer while it arrives, in any portions: a tag may be cut anywhere. Inside a thought only
 * `</think>` counts, since a thought may mention the other tags. `untagged` is what text before the first tag is shown as: a thought where
 * servers may put `<think>` into the prompt. `onHidden` gets what is not shown, the tags before it included. What the finished turn means is
 * decided when it has ended.
 */
export function splitter(untagged: "thought" | "answer", onHidden?: (text: string) => void) {
  let region: Region = "start";
  let held = "";
  return {
    push(text: string): { channel: TextChannel; text: string }[] {
      const out: { channel: TextChannel; text: string }[] = [];
      const emit = (part: string) => {
        if (region === "hidden") onHidden?.(part);
        if (region === "hidden" || part === "") return;
        const channel = region === "start" ? untagged : region;
        const last = out.at(-1);
        if (last?.channel === channel) last.text += part;
        else out.push({ channel, text: part });
      };
      held += text;
      for (let open = held.indexOf("<"); open >= 0; open = held.indexOf("<")) {
        emit(held.slice(0, open));
        held = held.slice(open);
        const tag = names.find((name) => held.startsWith(name));
        if (!tag && held.length < longest && names.some((name) => name.startsWith(held))) return out;
        const counts = tag && (region !== "thought" || tag === "</think>");
        if (!counts) emit(tag ?? "<");
        else {
          onHidden?.(tag);
          region = tag === "</think>" && untagged === "answer" ? "answer" : (tags[tag] ?? region);
        }
        held = held.slice((tag ?? "<").length);
      }
      emit(held);
      held = "";
      return out;
    },
  };
}
