import type { AttachmentRef } from "#lib/domain/attachment.ts";
import type { CheckUp } from "#lib/domain/check-up.ts";
import type { Event } from "#lib/domain/event.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import type { ShownMessage } from "#lib/domain/report-message.ts";
import type { Run, WhenFull } from "#lib/domain/run.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import type { Session, SessionRow } from "#lib/domain/session.ts";
import type { Share, ShareScope } from "#lib/domain/share.ts";

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

/** What is asked, the files that come with it, and how. */
export interface NewQuestion {
  question: string;
  attachments: readonly string[];
  whenFull: WhenFull;
  /** Makes it a Heavy run. */
  heavy: HeavyPlan | undefined;
  idempotencyKey: string;
}
export const askRun = (sessionId: string, { heavy, ...asked }: NewQuestion) =>
  call<{ run: Run }>("POST", `/api/sessions/${sessionId}/runs`, { ...asked, mode: heavy ? "heavy" : "react", ...heavy });
/** Asks the question of a run again, in exactly the world that it met. */
export const replayRun = (runId: string, idempotencyKey: string) =>
  call<{ run: Run }>("POST", `/api/runs/${runId}/replays`, { idempotencyKey });
export const stopRun = (runId: string, kind: "now" | "finish" | "pause") => call<unknown>("POST", `/api/runs/${runId}/stop`, { kind });
export const resumeRun = (runId: string) => call<unknown>("POST", `/api/runs/${runId}/resume`);
/** Adds to the question of a run that works. `lane`: for that one alone. */
export const sendMessage = (runId: string, message: { text: string; lane?: string; idempotencyKey: string }) =>
  call<{ message: { id: string } }>("POST", `/api/runs/${runId}/messages`, message);
export const getStep = (runId: string, lane: string, step: number) =>
  call<{ step: StepView }>("GET", `/api/runs/${runId}/steps/${encodeURIComponent(lane)}/${step}`);
/** The events of a run after a number, as they stand. */
export async function getEvents(runId: string, after: number): Promise<Event[]> {
  const response = await fetch(`/api/runs/${runId}/events?after=${after}`, { headers: { accept: "application/json" }, cache: "no-store" });
  return answerOf(response.status, await response.text());
}
export const getRun = (runId: string) => call<{ run: Run }>("GET", `/api/runs/${runId}`);

/** A question in a session that goes on from one of its reports. */
export const researchFurther = (sessionId: string, asked: { question: string; basis: string; idempotencyKey: string }) =>
  call<{ run: Run }>("POST", `/api/sessions/${sessionId}/runs`, asked);
/** The next version of a run's report, from the same evidence: a run that researches nothing. */
export const writeAgain = (runId: string, wishes: Record<string, string>) =>
  call<{ run: Run }>("POST", `/api/runs/${runId}/reports`, wishes);
export const getReportMessages = (reportId: string) =>
  call<{ items: ShownMessage[]; next: null }>("GET", `/api/reports/${reportId}/messages`);

/** From now on this browser is not let in. */
export const signOut = () => call<unknown>("POST", "/api/sign-out", {});
export const getCheckUp = (fresh: boolean) => call<CheckUp>("GET", `/api/doctor${fresh ? "?fresh=1" : ""}`);

/** What a new link opens, and until when. */
export interface NewShare {
  scope: ShareScope;
  expiresAt: string;
  indexable: boolean;
}
/** `url` holds the token, which is told this once. */
export const createShare = (reportId: string, wanted: NewShare) =>
  call<{ share: Share & { url: string } }>("POST", `/api/reports/${reportId}/shares`, wanted);
export const listShares = (query: { reportId?: string; cursor?: string }) =>
  call<{ items: Share[]; next: string | null }>("GET", `/api/shares?${new URLSearchParams(query)}`);
export const revokeShare = (id: string) => call<unknown>("DELETE", `/api/shares/${id}`);

export const deleteAttachment = (id: string) => call<unknown>("DELETE", `/api/attachments/${id}`);

/**
 * Uploads a file; null when it was aborted. `onProgress` is told the share that has been sent, from 0 to 1, which `fetch` cannot tell. The server
 * answers after the last byte: it looks at what the file is.
 */
export async function uploadFile(
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<AttachmentRef | null> {
  if (signal.aborted) return null;
  const request = new XMLHttpRequest();
  const { promise: end, resolve: onEnd } = Promise.withResolvers<void>();
  request.onloadend = () => onEnd();
  request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
  signal.addEventListener("abort", () => request.abort());
  const form = new FormData();
  form.append("file", file);
  request.open("POST", "/api/attachments");
  request.send(form);
  await end;
  if (signal.aborted) return null;
  if (request.status === 0) throw noAnswer();
  return answerOf<{ attachment: AttachmentRef }>(request.status, request.responseText).attachment;
}

/** Our own server's answer, whose shape is the contract: it was parsed where it was made. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  return answerOf(response.status, await response.text());
}

export function answerOf<T>(status: number, text: string): T {
  const json: unknown = parse(text);
  if (status < 200 || status > 299) throw new Refusal(status, detailOf(json) ?? `The server answered ${status}.`);
  return json as T;
}

export async function send(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    throw noAnswer(error);
  }
}

function noAnswer(cause?: unknown): Refusal {
  const words = navigator.onLine
    ? "The Dossier server does not answer. Check that it is running, then try again."
    : "You are offline. Try again when you are back.";
  return new Refusal(0, words, { cause });
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
