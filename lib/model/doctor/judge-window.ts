import type { Finding } from "./finding.ts";
import { neededWindow } from "./lines-to-copy.ts";

/** Below this not even one page fits beside the prompt and an answer. */
const leastWindow = 16_384;
/** A page of 95,000 tokens, 8,000 for what is extracted from it, and the order to do so. */
const neededForPages = 104_000;

/** Whether the server accepts as many tokens as a run, or the reading of a page, may need. A window the server does not tell is no fault. */
export function judgeWindow(window: number | null, use: "runs" | "pages"): Finding {
  if (window === null) return { state: "works", says: "", facts: ["context not told"] };
  const facts = [`context ${inWords(window)}`];
  if (window >= (use === "runs" ? neededWindow : neededForPages)) return { state: "works", says: "", facts };
  const isTooSmall = window < leastWindow;
  const meaning = use === "runs" ? "so long runs will end early" : "so of long pages only the beginning is read";
  return {
    state: isTooSmall ? "mend" : "limited",
    says: `It serves ${inWords(window)} tokens of context, ${isTooSmall ? `too few to work with: ${inWords(leastWindow)} is the least` : meaning}.`,
    facts,
    mend: [
      {
        what: `Start vLLM with ${inWords(neededWindow)}, where the model has that many:`,
        lines: `--max-model-len ${neededWindow}`,
        takeAway: [],
      },
    ],
  };
}

const inWords = (count: number) => count.toLocaleString("en");
