import type { CheckUp } from "#lib/domain/check-up.ts";
import type { Run, WhenFull } from "#lib/domain/run.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import type { Session, SessionRow } from "#lib/domain/session.ts";

/** The server refused, or could not be reached. `message` is a sentence for the reader. */
export class Refusal extends Error {
  override name = "Refusal" as const;
  readonly status: number;
  constructor(status: number, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.status = status;
  }
}

export const createSession = (title: string) => call<{ session: Session }>("POST", "/api/sessions", { title });
export const renameSession = (id: string, title: string) => call<{ session: Session }>("PATCH", `/api/sessions/${id}`, { title });
export const deleteSession = (id: string) => call<unknown>("DELETE", `/api/sessions/${id}`);

export const findSessions = (words: string, cursor?: string) => {
  const query = new URLSearchParams({ ...(words && { q: words }), ...(cursor && { cursor }) });
  return call<{ items: SessionRow[]; next: string | null }>("GET", `/api/sessions?${query}`);
};

export const askRun = (sessionId: string, asked: { question: string; whenFull: WhenFull; idempotencyKey: string }) =>
  call<{ run: Run }>("POST", `/api/sessions/${sessionId}/runs`, { ...asked, mode: "react" });
export const stopRun = (runId: string, kind: "now" | "finish") => call<unknown>("POST", `/api/runs/${runId}/stop`, { kind });
export const getStep = (runId: string, lane: string, step: number) =>
  call<{ step: StepView }>("GET", `/api/runs/${runId}/steps/${encodeURIComponent(lane)}/${step}`);
export const getRun = (runId: string) => call<{ run: Run }>("GET", `/api/runs/${runId}`);

export const getCheckUp = (fresh: boolean) => call<CheckUp>("GET", `/api/doctor${fresh ? "?fresh=1" : ""}`);

/** Our own server's answer, whose shape is the contract: it was parsed where it was made. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const text = await response.text();
  const json: unknown = parse(text);
  if (!response.ok) throw new Refusal(response.status, detailOf(json) ?? `The server answered ${response.status}.`);
  return json as T;
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    const words = navigator.onLine
      ? "The Dossier server does not answer. Check that it is running, then try again."
      : "You are offline. Try again when you are back.";
    throw new Refusal(0, words, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an empty answer, or a page of a proxy in between: the status tells enough
  }
}

function detailOf(json: unknown): string | null {
  if (typeof json !== "object" || json === null || !("detail" in json)) return null;
  return typeof json.detail === "string" ? json.detail : null;
}
