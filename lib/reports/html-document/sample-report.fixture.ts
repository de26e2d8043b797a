import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";

const readAt = "2026-11-22T11:03:00.000Z";

export const sourceRef = (n: number, more: Partial<SourceRef> = {}): SourceRef => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  n,
  url: `https://source-${n}.example/page`,
  title: `Source number ${n}`,
  site: `source-${n}.example`,
  hash: String(n).repeat(64),
  status: 200,
  fetchedAt: readAt,
  ...more,
});

export const citation = (n: number, more: Partial<Citation> = {}): Citation => ({
  n,
  sourceId: sourceRef(n).id,
  claim: "The harbour was dredged to nine metres in 1911.",
  passage: { start: 0, end: 12, text: "Nine metres." },
  status: "supported",
  origin: "model",
  judge: "text",
  ...more,
});

/** A report with one citation of each kind of trouble. */
export const sampleReport = (more: Partial<Report> = {}): Report => ({
  id: "00000000-0000-4000-8000-0000000000aa",
  runId: "00000000-0000-4000-8000-0000000000bb",
  sessionId: "00000000-0000-4000-8000-0000000000cc",
  version: 1,
  kind: "answer",
  question: "How deep is the harbour of Velsund?",
  markdown:
    "The harbour was dredged to nine metres in 1911 [1]. It is the deepest of the coast [2].\n\n## What could not be found\n\nWho paid for it.\n",
  citations: [
    citation(1),
    citation(2, { status: "weak", claim: "It is the deepest of the coast.", reason: "The passage names no other harbour." }),
  ],
  sources: [sourceRef(1), sourceRef(2)],
  readOnly: [sourceRef(7)],
  figures: [],
  removedMarks: [],
  limitations: ["One search provider was resting for 4 minutes."],
  model: "Tongyi-DeepResearch-30B-A3B",
  judge: null,
  rewrite: null,
  createdAt: "2026-11-22T11:20:00.000Z",
  ...more,
});
