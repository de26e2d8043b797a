import type { TextChannel } from "#lib/domain/event.ts";
import type { Dialect, SpokenDelta, Turn, TurnReader } from "#lib/model/model.ts";
import { readFindings } from "./read-findings.ts";

/** The dialect of a round of IterResearch: its turns have a report beside thought and move. */
export const withReport = (dialect: Dialect): Dialect => withSection(dialect, "report", (turn, section) => ({ ...turn, report: section }));

/** The dialect of a synthesis: its turns have findings beside thought and answer. */
export const withFindings = (dialect: Dialect): Dialect =>
  withSection(dialect, "findings", (turn, section) => ({ ...turn, findings: section === null ? [] : readFindings(section) }));

type Section = "report" | "findings";

/**
 * A dialect whose turns have one more part between tags of its own. The part is taken out as the text arrives, so the dialect reads the turn as
 * if it were not there: a call or an answer that is only mentioned in a report is none.
 */
function withSection(dialect: Dialect, name: Section, put: (turn: Turn, section: string | null) => Turn): Dialect {
  return {
    ...dialect,
    listen(foresee) {
      const inner = dialect.listen(foresee);
      const cut = sectionCutter(name);
      let raw = "";
      const show = (parts: Cut[], delta: SpokenDelta | null): ReturnType<TurnReader["push"]> =>
        parts.flatMap(({ inside, text }): { channel: TextChannel; text: string }[] => {
          if (text === "") return [];
          if (inside) return name === "report" ? [{ channel: "report", text }] : [];
          return inner.push(delta && delta.kind !== "text" ? delta : { kind: "text", text });
        });
      return {
        push(delta) {
          if (delta.kind !== "text") return inner.push(delta);
          raw += delta.text;
          return show(cut.push(delta.text), delta);
        },
        end(finishReason) {
          show(cut.end(), null);
          const turn = inner.end(finishReason);
          // The log keeps the turn as it was said; calls that came apart from the text are in what the dialect made of it.
          const said = turn.raw === "" || raw.trim() === "" ? turn.raw : asSaid(raw, turn.raw);
          return put({ ...turn, raw: said }, cut.section());
        },
      };
    },
  };
}

/** A server that sends thought or calls apart leaves less in the text than the turn has: then the dialect's own form, with the section missing, is kept. */
const asSaid = (raw: string, read: string): string => (raw.length >= read.length ? raw.trim() : read);

interface Cut {
  inside: boolean;
  text: string;
}

/**
 * Parts a streaming text into what stands between the tags of a section and the rest. Inside a thought the tags mean nothing, also where the
 * server put the opening tag of the thought into the prompt: then all before `</think>` was one. A section that is not closed ends where the
 * call or the answer begins; one that is written twice counts the second time. An empty one is none.
 */
function sectionCutter(name: Section) {
  const open = `<${name}>`;
  const close = `</${name}>`;
  const ends = ["<tool_call>", "<answer>"];
  type Region = "rest" | "thought" | "inside";
  const tagsIn: Record<Region, readonly string[]> = {
    rest: [open, close, "<think>", "</think>"],
    thought: ["</think>"],
    inside: [close, "</think>", ...ends],
  };
  let region: Region = "rest";
  let held = "";
  let section: string | null = null;

  const take = (parts: Cut[], text: string) => {
    const inside = region === "inside";
    if (inside) section = (section ?? "") + text;
    const last = parts.at(-1);
    if (last?.inside === inside) last.text += text;
    else parts.push({ inside, text });
  };
  const meet = (parts: Cut[], tag: string) => {
    if (tag === open) {
      region = "inside";
      section = "";
    } else if (tag === close) region = "rest";
    else if (tag === "</think>" && region !== "thought") {
      const mentioned = region === "inside" ? `${open}${section ?? ""}` : "";
      region = "rest";
      section = null;
      take(parts, `${mentioned}${tag}`);
    } else {
      region = tag === "<think>" ? "thought" : "rest";
      take(parts, tag);
    }
  };
  return {
    push(text: string): Cut[] {
      const parts: Cut[] = [];
      held += text;
      for (let at = held.indexOf("<"); at >= 0; at = held.indexOf("<")) {
        take(parts, held.slice(0, at));
        held = held.slice(at);
        const tags = tagsIn[region];
        const tag = tags.find((each) => held.startsWith(each));
        if (!tag && tags.some((each) => each.startsWith(held))) return parts;
        if (tag) meet(parts, tag);
        else take(parts, "<");
        held = held.slice((tag ?? "<").length);
      }
      take(parts, held);
      held = "";
      return parts;
    },
    end(): Cut[] {
      const parts: Cut[] = [];
      take(parts, held);
      held = "";
      return parts;
    },
    section: (): string | null => section?.trim() || null,
  };
}
