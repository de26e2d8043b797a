import { z } from "zod";
import { writeSessionCookie } from "#lib/client/cookie.ts";
import { type HeavyPlan, heavyPlanSchema } from "#lib/domain/heavy.ts";
import { type Run, type RunMode, runModeSchema } from "#lib/domain/run.ts";

/** How a question is to be worked on. The plan of Heavy is kept while Standard is chosen. */
export interface ModeChoice {
  mode: RunMode;
  plan: HeavyPlan;
}

const cookie = "mode";
const kept = z.object({ mode: runModeSchema, plan: heavyPlanSchema });

interface Jar {
  get: (name: string) => { value: string } | undefined;
}

/** What this browser chose last; a cookie may hold anything, so everything unknown falls back. `lanes`: those of the settings. */
export function modeChoiceFrom(jar: Jar, lanes: number): ModeChoice {
  return kept.safeParse(jsonOf(jar.get(cookie)?.value ?? "")).data ?? { mode: "react", plan: heavyPlanSchema.parse({ lanes }) };
}

export const keepModeChoice = (choice: ModeChoice) => writeSessionCookie(cookie, JSON.stringify(choice));

/** A session goes on as its last run did. */
export const modeChoiceOf = (last: Pick<Run, "mode" | "heavy"> | undefined, lanes: number): ModeChoice => ({
  mode: last?.mode ?? "react",
  plan: last?.heavy ?? heavyPlanSchema.parse({ lanes }),
});

/** The plan that is asked for, if any. Without a model no lane has a conversation to keep: there is one way for them to work. */
export function planOf({ mode, plan }: ModeChoice, connected: boolean): HeavyPlan | undefined {
  if (mode !== "heavy") return undefined;
  return connected ? plan : heavyPlanSchema.parse({ lanes: plan.lanes });
}

/** Only a conversation fills the window: lanes that write a report anew in each step have none. */
export const hasConversation = ({ mode, plan }: ModeChoice) => mode === "react" || plan.strategy === "parallel-muse";

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
