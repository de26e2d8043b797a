import type { ServerLoad } from "./model.ts";
import { rootOf } from "./server-address.ts";

const metrics = {
  running: "vllm:num_requests_running",
  waiting: "vllm:num_requests_waiting",
  generated: "vllm:generation_tokens_total",
};

/** What a vLLM server is busy with, from its /metrics; null where it has none or does not answer within 2 s. Never throws. */
export async function loadOf(baseUrl: string): Promise<ServerLoad | null> {
  try {
    const response = await fetch(`${rootOf(baseUrl)}/metrics`, { signal: AbortSignal.timeout(2_000) });
    if (!response.ok) return null;
    const text = await response.text();
    const [running, waiting, generated] = Object.values(metrics).map((name) => sumOf(text, name));
    if (running === undefined || waiting === undefined || generated === undefined) return null;
    return { running: Math.round(running), waiting: Math.round(waiting), generated };
  } catch {
    return null; // not vLLM, or too busy to tell: then only time decides
  }
}

/** The sum of a metric over its labels (one line for each engine); undefined where it is not there. */
function sumOf(text: string, name: string): number | undefined {
  const values = text
    .split("\n")
    .filter((line) => line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)))
    .map((line) => Number(/^(?:\{[^}]*\})?\s+(\S+)/.exec(line.slice(name.length))?.[1]))
    .filter(Number.isFinite);
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined;
}
