import type { Heard } from "./converse.ts";
import type { Finding } from "./finding.ts";

/** A burst at the end of a longer wait: a proxy has held the stream back. Below two seconds nobody would notice. */
const heldBack = { afterMs: 2_000, share: 0.05, chunks: 20 };

/** How a complete stream arrived: its end, its usage, its pace. */
export function judgeStream(heard: Heard): Finding[] {
  const findings: Finding[] = [
    { state: "works", says: "", facts: [...paceOf(heard), `usage in stream: ${heard.tokens === null ? "no" : "yes"}`] },
  ];
  if (heard.finishReason === null)
    findings.push({
      state: "mend",
      says: "Its stream ends without a finish reason, so every answer counts as cut off.",
      mend: [
        {
          what: "If a proxy stands between, let it wait and not hold back (nginx):",
          lines: "proxy_buffering off;\nproxy_read_timeout 3600s;",
          takeAway: [],
        },
      ],
    });
  if (heard.tokens === null)
    findings.push({
      state: "limited",
      says: "It sends no usage in the stream, so tokens are estimated.",
      mend: [
        {
          what: "Start vLLM with it, or let the proxy between pass stream_options on:",
          lines: "--enable-force-include-usage",
          takeAway: [],
        },
      ],
    });
  const { firstMs, lastMs, chunks } = heard;
  if (firstMs !== null && chunks >= heldBack.chunks && lastMs > heldBack.afterMs && lastMs - firstMs < lastMs * heldBack.share)
    findings.push({
      state: "limited",
      says: "Its text arrives in one piece at the end: something between holds the stream back.",
      mend: [{ what: "In the proxy between (nginx):", lines: "proxy_buffering off;", takeAway: [] }],
    });
  return findings;
}

/** Time to the first text and tokens a second. Where a parser held the text back, the time since the request counts. */
export function paceOf(heard: Heard): string[] {
  if (heard.firstMs === null) return [];
  const facts = [`first token ${inWords(heard.firstMs)}`];
  if (heard.tokens === null || heard.tokens < 2) return facts;
  const spread = heard.lastMs - heard.firstMs;
  const [tokens, milliseconds] = heard.chunks >= 4 && spread > 0 ? [heard.tokens - 1, spread] : [heard.tokens, heard.lastMs];
  const rate = tokens / (Math.max(milliseconds, 1) / 1000);
  return [...facts, `${rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString("en")} tokens/s`];
}

const inWords = (milliseconds: number) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
