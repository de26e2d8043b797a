import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEvent } from "./event.ts";
import { lightView } from "./light-view.ts";
import { packedView, unpackedView } from "./packed-view.ts";
import { type RunView, runView } from "./run-view.ts";

const folder = join(import.meta.dirname, "../../e2e/support/golden-logs/0.1.0");
const logs = readdirSync(folder).filter((name) => name !== "schemas.json");

/** Every view on the way through a log. */
function viewsOf(file: string): RunView[] {
  const { log }: { log: unknown[] } = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const views: RunView[] = [];
  for (const stored of log) {
    const event = readEvent(stored);
    views.push(runView(event ? [event] : [], views.at(-1)));
  }
  return views;
}

/** What of a call is the event's and not the view's is on no screen. */
const shown = (view: RunView): RunView => ({
  ...view,
  rows: view.rows.map((row) => {
    if (row.kind !== "step") return row;
    const calls = row.calls.map((call) => {
      if (!call.returned) return call;
      const { outcome, details, provider, attempts, cacheHit, durationMs, sourceIds, flags } = call.returned;
      return { ...call, returned: { outcome, details, provider, attempts, cacheHit, durationMs, sourceIds, ...(flags && { flags }) } };
    });
    return { ...row, calls };
  }),
});

test.each(logs)("a view is the same after it was packed, at every event of %s", (file) => {
  for (const view of viewsOf(file)) expect(unpackedView(packedView(view))).toEqual(shown(view));
});

test("what has nothing in it is not brought along", () => {
  const view = viewsOf("written.json").at(-1);
  const size = (value: unknown) => JSON.stringify(value).length;
  if (!view) throw new Error("The log is empty");
  expect(size(packedView(lightView(view)).rows)).toBeLessThan(size(view.rows) * 0.8);
  expect(JSON.stringify(packedView(view).rows)).not.toMatch(/"silence"|"forced"|"tool-returned"/);
});
