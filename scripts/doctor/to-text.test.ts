import { expect, test } from "vitest";
import type { CheckedPart } from "#lib/domain/check-up.ts";
import { toText } from "./to-text.ts";

const part = (more: Partial<CheckedPart>): CheckedPart => ({
  group: "model",
  name: "gpu-1:8000",
  state: "works",
  says: "",
  facts: [],
  mend: [],
  durationMs: 0,
  ...more,
});

test("the sum first, then groups, with what to copy on lines of its own", () => {
  const text = toText({
    at: "2026-11-24T10:00:00Z",
    durationMs: 6_100,
    parts: [
      part({ says: "It works.", facts: ["context 131,072", "first token 180 ms"], durationMs: 1_900 }),
      part({
        name: "gpu-2:8000",
        state: "mend",
        says: "Started with a reasoning parser. ".repeat(5).trim(),
        mend: [{ what: "Start vLLM:", lines: "vllm serve x\n--port 8000", takeAway: ["--reasoning-parser", "--tool-call-parser"] }],
      }),
      part({ group: "storage", name: "Worker", state: "off", says: "Dossier is not running.", durationMs: 4 }),
    ],
  });
  expect(text).toBe(`
1 to mend, 1 works (6.1 s)

Model servers
  works   gpu-1:8000  (1.9 s)
          It works.
          context 131,072 · first token 180 ms
  MEND    gpu-2:8000
          Started with a reasoning parser. Started with a reasoning parser. Started with a reasoning
          parser. Started with a reasoning parser. Started with a reasoning parser.
          Start vLLM:
              vllm serve x
              --port 8000
          Take these away: --reasoning-parser, --tool-call-parser

Storage and workers
  off     Worker  (4 ms)
          Dossier is not running.
`);
});

test("what a server says cannot steer the terminal", () => {
  const text = toText({ at: "", durationMs: 1, parts: [part({ says: "It serves \u001b[2J\u0007evil." })] });
  expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
});
