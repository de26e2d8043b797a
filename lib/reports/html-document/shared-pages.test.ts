import { expect, test } from "vitest";
import type { Event } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { ShareScope } from "#lib/domain/share.ts";
import type { OpenLink } from "./open-link.ts";
import { citation, sampleReport, sourceRef } from "./sample-report.fixture.ts";
import { toSharedPage } from "./shared-page.ts";
import { toSharedSourcePage } from "./shared-source-page.ts";
import { toSharedTracePage } from "./shared-trace-page.ts";

const link = (scope: ShareScope, indexable = false): OpenLink => ({
  base: "/shared/t",
  scope,
  indexable,
  expiresAt: "2026-12-22T00:00:00.000Z",
  files: [{ format: "md", name: "Markdown" }],
});

test("a page links what its scope opens and nothing else", () => {
  const under = (scope: ShareScope) =>
    [...new Set([...toSharedPage(sampleReport(), link(scope)).matchAll(/href="(\/[^"#]*)/g)].map(([, path]) => path))].sort();
  const sources = ["/shared/t/sources/1", "/shared/t/sources/2", "/shared/t/sources/read-7"];
  expect(under("report")).toEqual(["/icon.svg", "/shared/t/md"]);
  expect(under("sources")).toEqual(["/icon.svg", "/shared/t/md", ...sources]);
  expect(under("trace")).toEqual(["/icon.svg", "/shared/t/md", ...sources, "/shared/t/trace"]);
});

test("neither the report's ids nor those of its sources are told", () => {
  expect(toSharedPage(sampleReport(), link("trace"))).not.toContain("00000000-0000");
});

test("a preview shows the question only where search engines may", () => {
  const shown = (indexable: boolean) => /og:title" content="([^"]*)"/.exec(toSharedPage(sampleReport(), link("report", indexable)))?.[1];
  expect(shown(false)).toBe("A shared report");
  expect(shown(true)).toContain("How deep");
});

test("a stored copy has its cited passages marked, overlapping ones once", () => {
  const text = "# Velsund\n\nNine metres. It was dredged in 1911.\n\nOther things.";
  const passage = (start: number, end: number) => ({ passage: { start, end, text: text.slice(start, end) } });
  const report = sampleReport({ citations: [citation(1, passage(11, 23)), citation(1, passage(16, 35)), citation(1, passage(11, 15))] });
  const html = toSharedSourcePage({ report, link: link("sources"), source: { ...sourceRef(1), runId: "r", text } });
  const copy = /<div class="copy"[^>]*>(.*)<\/div>/s.exec(html)?.[1] ?? "";
  const marked = [...copy.matchAll(/<mark[^>]*>(.*?)<\/mark>/g)].map(([, inner]) => inner?.replace(/<[^>]*>/g, "")).join("");
  expect(marked).toBe(text.slice(11, 35));
  expect(
    copy
      .replace(/<[^>]*>/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  ).toBe(text.replace(/\s+/g, " "));
  for (const k of [1, 2, 3]) expect(copy.match(new RegExp(`id="c${k}"`, "g"))).toHaveLength(1);
});

test("the trace shows thoughts, calls and observations, and nothing of the house", () => {
  const at = "2026-11-22T11:00:00.000Z";
  const model = { dialect: "tongyi", name: "tongyi-30b", window: 131_072 };
  const place = { lane: "main", step: 1, at };
  const events = [
    { seq: 1, at, type: "run-queued", question: "?", mode: "react", budget: { calls: 10, minutes: 10 } },
    { seq: 2, at, type: "run-started", attempt: 1, worker: "host-17", model, systemPrompt: "The secret prompt" },
    { seq: 3, ...place, type: "model-failed", attempt: 1, reason: "unreachable", detail: "http://10.0.0.5:8000 refused", retryInMs: 0 },
    {
      seq: 4,
      ...place,
      type: "step-ended",
      thought: "I <b>search</b>.",
      raw: "",
      move: { kind: "calls", calls: [{ tool: "search", arguments: { query: ["a & b"] } }] },
      usage: null,
      finishReason: "stop",
      firstTextMs: 1,
      durationMs: 5,
    },
    { seq: 5, ...place, type: "tool-called", callId: "c", tool: "search", arguments: { query: ["a & b"] } },
    {
      seq: 6,
      ...place,
      type: "tool-returned",
      callId: "c",
      outcome: { kind: "ok", text: "<script>alert(1)</script>" },
      details: { kind: "search", queries: [] },
      provider: "searxng",
      attempts: [],
      cacheHit: false,
      durationMs: 3,
      sourceIds: [],
    },
  ] as unknown as Event[];
  const words = { title: () => "Searched", failure: (reason: string) => reason, duration: (ms: number) => `${ms} ms` };
  const html = toSharedTracePage({ report: sampleReport(), view: runView(events), words, link: link("trace") });
  expect(html).toContain("I &lt;b&gt;search&lt;/b&gt;.");
  expect(html).toContain("a &amp; b");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).not.toMatch(/host-17|secret prompt|10\.0\.0\.5/);
});
