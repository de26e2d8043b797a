/** The counters behind `/metrics`. */
export interface Metrics {
  promptTokens: number;
  generationTokens: number;
  cacheQueries: number;
  cacheHits: number;
  preemptions: number;
  success: Record<"stop" | "length" | "abort", number>;
  timeToFirstToken: Times;
  wholeRequest: Times;
  inQueue: Times;
}

interface Times {
  count: number;
  seconds: number;
}

export const createMetrics = (): Metrics => ({
  promptTokens: 0,
  generationTokens: 0,
  cacheQueries: 0,
  cacheHits: 0,
  preemptions: 0,
  success: { stop: 0, length: 0, abort: 0 },
  timeToFirstToken: { count: 0, seconds: 0 },
  wholeRequest: { count: 0, seconds: 0 },
  inQueue: { count: 0, seconds: 0 },
});

export function observe(times: Times, ms: number): void {
  times.count++;
  times.seconds += ms / 1_000;
}

export interface Gauges {
  running: number;
  waiting: number;
  cacheUsage: number;
}

/** Prometheus' text, with vLLM's names and labels. Histograms have their last bucket only. */
export function metricsText(metrics: Metrics, { running, waiting, cacheUsage }: Gauges, model: string): string {
  const labels = `model_name=${JSON.stringify(model)},engine="0"`;
  const lines: string[] = [];
  const family = (name: string, type: string, rows: [suffix: string, more: string, value: number][]) => {
    lines.push(`# HELP vllm:${name} ${name.replaceAll("_", " ")}`, `# TYPE vllm:${name} ${type}`);
    for (const [suffix, more, value] of rows) lines.push(`vllm:${name}${suffix}{${labels}${more}} ${value}`);
  };
  const counter = (name: string, value: number) => family(name, "counter", [["_total", "", value]]);
  const times = (name: string, { count, seconds }: Times) =>
    family(name, "histogram", [
      ["_bucket", ',le="+Inf"', count],
      ["_count", "", count],
      ["_sum", "", seconds],
    ]);
  family("num_requests_running", "gauge", [["", "", running]]);
  family("num_requests_waiting", "gauge", [["", "", waiting]]);
  family("num_requests_waiting_by_reason", "gauge", [["", ',reason="capacity"', waiting]]);
  family("kv_cache_usage_perc", "gauge", [["", "", cacheUsage]]);
  counter("num_preemptions", metrics.preemptions);
  counter("prompt_tokens", metrics.promptTokens);
  counter("generation_tokens", metrics.generationTokens);
  counter("prefix_cache_queries", metrics.cacheQueries);
  counter("prefix_cache_hits", metrics.cacheHits);
  family(
    "request_success",
    "counter",
    Object.entries(metrics.success).map(([reason, count]) => ["_total", `,finished_reason="${reason}"`, count]),
  );
  times("time_to_first_token_seconds", metrics.timeToFirstToken);
  times("e2e_request_latency_seconds", metrics.wholeRequest);
  times("request_queue_time_seconds", metrics.inQueue);
  return `${lines.join("\n")}\n`;
}
