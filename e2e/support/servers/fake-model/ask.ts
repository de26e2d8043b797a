/** What came back from a server, read without any of the house's code: the bare client that tests and benchmarks compare with. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body, or null where it is no JSON. */
  json: AnswerBody | null;
  /** The chunks of a stream, in order, without `[DONE]`. */
  events: AnswerBody[];
  done: boolean;
  content: string;
  reasoning: string;
  finishReason: string | null;
}

export interface AnswerBody {
  id?: string;
  model?: string;
  error?: { message: string; type: string; param: string | null; code: number } | string;
  choices?: {
    delta?: AnswerText;
    message?: AnswerText;
    logprobs?: { content: { token: string; logprob: number; top_logprobs: unknown[] }[] } | null;
    finish_reason?: string | null;
    stop_reason?: string | null;
  }[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    total_tokens: number;
    prompt_tokens_details?: { cached_tokens: number } | null;
  };
}

export interface AnswerText {
  role?: string;
  content?: string | null;
  reasoning?: string | null;
  reasoning_content?: string | null;
  tool_calls?: { index?: number; id?: string; type?: string; function: { name?: string; arguments?: string } }[];
}

const question = { messages: [{ role: "user", content: "What is it?" }], stream: true };

/** Sends a chat request: a streamed question unless the fields say otherwise. */
export async function ask(
  url: string,
  fields: object = {},
  init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...init.headers },
    body: JSON.stringify({ model: "fake", ...question, ...fields }),
    ...(init.signal && { signal: init.signal }),
  });
  return toAnswer(response.status, response.headers, await response.text());
}

function toAnswer(status: number, headers: Headers, text: string): Answer {
  const lines = text.split("\n\n").filter((line) => line.startsWith("data: "));
  const events = lines.filter((line) => line !== "data: [DONE]").map((line): AnswerBody => JSON.parse(line.slice(6)));
  const deltas = events.flatMap((event) => event.choices?.[0]?.delta ?? []);
  return {
    status,
    headers,
    text,
    json: lines.length > 0 ? null : parsed(text),
    events,
    done: lines.at(-1) === "data: [DONE]",
    content: deltas.map((delta) => delta.content ?? "").join(""),
    reasoning: deltas.map((delta) => delta.reasoning ?? delta.reasoning_content ?? "").join(""),
    finishReason: events.findLast((event) => event.choices?.[0]?.finish_reason)?.choices?.[0]?.finish_reason ?? null,
  };
}

function parsed(text: string): AnswerBody | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The calls of an answer, put together from their deltas or read from the whole. */
export function callsOf(answer: Answer): { id: string; name: string; arguments: string }[] {
  const calls: { id: string; name: string; arguments: string }[] = [];
  const all =
    answer.json?.choices?.[0]?.message?.tool_calls ?? answer.events.flatMap((event) => event.choices?.[0]?.delta?.tool_calls ?? []);
  for (const [position, delta] of all.entries()) {
    const index = delta.index ?? position;
    calls[index] ??= { id: "", name: "", arguments: "" };
    const call = calls[index];
    call.id += delta.id ?? "";
    call.name += delta.function.name ?? "";
    call.arguments += delta.function.arguments ?? "";
  }
  return calls;
}
