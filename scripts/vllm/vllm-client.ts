import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { type Events, readEvents } from "./read-events.ts";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface OpenAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Resolves once the first byte of the body is there, with the bytes that came with it. */
  first: Promise<string>;
  /** The whole body. Rejects when the connection breaks. */
  whole: Promise<string>;
  /** Breaks the connection, which is the only way to cancel. */
  leave(): void;
}

export interface VllmClient {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The answer of a chat that is not streamed, as the JSON it is. */
  chat(body: object): Promise<{ status: number; json: ChatAnswer }>;
  stream(body: object, headers?: Record<string, string>): Promise<Events>;
  /** Resolves when the head of the answer is there. */
  open(body: object): Promise<OpenAnswer>;
  /** Asks and does not wait for any answer; `leave` breaks the connection. */
  begin(body: object): { leave(): void };
  /** How many tokens these messages are with the template of the model. */
  count(body: object): Promise<number>;
  /** The token a word is. Throws when it is several. */
  tokenOf(word: string): Promise<number>;
  /** The sum of a metric over all label sets that hold these labels. */
  metric(name: string, labels?: string): Promise<number>;
  untilMetric(name: string, isReached: (value: number) => boolean): Promise<void>;
}

/** What the checks read of an answer that was not streamed. */
export interface ChatAnswer {
  id: string;
  choices: {
    message: {
      content: string | null;
      reasoning: string | null;
      tool_calls?: { id: string; function: { name: string; arguments: string } }[];
    };
    finish_reason: string;
    stop_reason: string | number | null;
  }[];
  usage: {
    prompt_tokens: number;
    completion_tokens: number;
    prompt_tokens_details: { cached_tokens: number } | null;
    completion_tokens_details: { reasoning_tokens: number } | null;
  };
}

const patienceMs = 20_000;

/** Speaks HTTP with a server without any library between, so that bytes, heads and broken connections can be looked at. */
export function vllmClient(url: string, key?: string): VllmClient {
  const own: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const chatPath = "/v1/chat/completions";

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const outgoing = request(`${url}${path}`, {
      method,
      agent: false,
      headers: { "content-type": "application/json", ...own, ...headers },
    });
    const head = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once("response", resolve);
      outgoing.once("error", reject);
    });
    outgoing.end(payload);
    return { outgoing, head };
  };
  const exchange = async (...given: Parameters<typeof send>): Promise<Answer> => {
    const response = await send(...given).head;
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  };
  const withModel = (body: object) => ({ model: "tiny", ...body });

  const client: VllmClient = {
    get: (path) => exchange("GET", path),
    post: (path, body, headers) => exchange("POST", path, body, headers),
    async chat(body) {
      const { status, body: answer } = await exchange("POST", chatPath, withModel(body));
      return { status, json: JSON.parse(answer) };
    },
    async stream(body, headers) {
      const answer = await exchange("POST", chatPath, { ...withModel(body), stream: true }, headers);
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
      return readEvents(answer.body);
    },
    async open(body) {
      const { outgoing, head } = send("POST", chatPath, { ...withModel(body), stream: true });
      const response = await head;
      response.setEncoding("utf8");
      const first = new Promise<string>((resolve, reject) => {
        response.once("data", (bytes: string) => resolve(bytes));
        response.once("error", reject);
      });
      const whole = text(response);
      // Whoever leaves does not want to hear of it.
      for (const promise of [first, whole]) promise.catch(() => {});
      return { status: response.statusCode ?? 0, headers: response.headers, first, whole, leave: () => outgoing.destroy() };
    },
    begin(body) {
      const { outgoing, head } = send("POST", chatPath, withModel(body));
      head.catch(() => {});
      return { leave: () => outgoing.destroy() };
    },
    async count(body) {
      const { body: answer } = await exchange("POST", "/tokenize", withModel(body));
      return JSON.parse(answer).count;
    },
    async tokenOf(word) {
      const { body } = await exchange("POST", "/tokenize", { model: "tiny", prompt: word, add_special_tokens: false });
      const { tokens }: { tokens: number[] } = JSON.parse(body);
      const [token] = tokens;
      if (token === undefined || tokens.length !== 1) throw new Error(`"${word}" is ${tokens.length} tokens`);
      return token;
    },
    async metric(name, labels = "") {
      const { body } = await exchange("GET", "/metrics");
      const lines = body.split("\n").filter((line) => line.startsWith(`${name}{`) && line.includes(labels));
      if (lines.length === 0) throw new Error(`there is no metric ${name} with ${labels}`);
      return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    },
    async untilMetric(name, isReached) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const value = await client.metric(name);
        if (isReached(value)) return;
        if (Date.now() > deadline) throw new Error(`${name} stays ${value}`);
        await pause(50);
      }
    },
  };
  return client;
}
