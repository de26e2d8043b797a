import { modelListSchema } from "./check-server.ts";

export interface FoundServer {
  url: string;
  kind: string;
  models: string[];
}

/** Where well-known model servers listen when nobody changed it. All four answer the OpenAI-compatible list of models. */
const candidates = [
  { kind: "vLLM", url: "http://127.0.0.1:8000" },
  { kind: "Ollama", url: "http://127.0.0.1:11434" },
  { kind: "LM Studio", url: "http://127.0.0.1:1234" },
  { kind: "llama.cpp", url: "http://127.0.0.1:8080" },
];
const keepMs = 30_000;

let last: { at: number; found: Promise<FoundServer[]> } | undefined;

/** The model servers that answer on this machine, asked at most every 30 s and for at most 700 ms each. Nothing but the list of models is asked for. */
export function probeLocalServers(): Promise<FoundServer[]> {
  if (!last || performance.now() - last.at > keepMs) {
    const found = Promise.all(candidates.map(probe)).then((answers) => answers.filter((answer) => answer !== null));
    last = { at: performance.now(), found };
  }
  return last.found;
}

async function probe(candidate: { kind: string; url: string }): Promise<FoundServer | null> {
  try {
    const response = await fetch(`${candidate.url}/v1/models`, { signal: AbortSignal.timeout(700), redirect: "error" });
    const models = modelListSchema.parse(await response.json()).data.map((model) => model.id);
    return { ...candidate, models };
  } catch {
    return null; // nobody there, or something that is no model server
  }
}
