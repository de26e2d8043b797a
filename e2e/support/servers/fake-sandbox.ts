import { z } from "zod";
import { type LoopbackServer, listen, readBody } from "./listen.ts";

/** The fields of SandboxFusion's request and their defaults; it answers 422 to anything else, as FastAPI does. */
const requestSchema = z.object({
  code: z.string(),
  language: z.literal("python"),
  run_timeout: z.number().default(10),
  compile_timeout: z.number().default(10),
  memory_limit_MB: z.number().int().default(-1),
  stdin: z.string().nullable().default(null),
  files: z.record(z.string(), z.base64().nullable()).default({}),
  fetch_files: z.array(z.string()).default([]),
});
export type SandboxRequest = z.infer<typeof requestSchema>;

/** What the script did; or an HTTP status in place of an answer, a body that is none, an error of the sandbox, or no answer at all. */
export type SandboxReply =
  | { stdout?: string; stderr?: string; returnCode?: number; seconds?: number; overdue?: boolean; files?: Record<string, string> }
  | { status: number }
  | { body: string }
  | { broken: string }
  | "silence";

/**
 * A server that answers as SandboxFusion does, with what a test says a script came to. A script that tries to reach a network is answered as
 * one that came to `reaches`, and is counted apart.
 */
export async function startFakeSandbox(
  reply: (request: SandboxRequest) => SandboxReply,
  { reaches = [] }: { reaches?: readonly string[] } = {},
): Promise<LoopbackServer & { requests: SandboxRequest[]; probes(): number }> {
  const requests: SandboxRequest[] = [];
  let probes = 0;
  const server = await listen(async (request, response) => {
    if (request.method !== "POST" || request.url !== "/run_code") return void response.writeHead(404).end('{"detail":"Not Found"}');
    const asked = requestSchema.safeParse(JSON.parse(await readBody(request)));
    if (!asked.success) return void response.writeHead(422).end(JSON.stringify({ detail: asked.error.issues }));
    const isProbe = asked.data.code.includes("create_connection");
    if (isProbe) probes++;
    else requests.push(asked.data);
    const replied = reply(asked.data);
    const came = isProbe && isScripts(replied) ? { stdout: `${["42", ...reaches].join(" ")}\n` } : replied;
    if (came === "silence") return;
    if ("status" in came) return void response.writeHead(came.status).end();
    response.writeHead(200, { "content-type": "application/json" }).end("body" in came ? came.body : JSON.stringify(answerOf(came)));
  });
  return Object.assign(server, { requests, probes: () => probes });
}

const isScripts = (reply: SandboxReply) => typeof reply === "object" && !("status" in reply || "body" in reply || "broken" in reply);

function answerOf(came: Exclude<SandboxReply, "silence" | { status: number } | { body: string }>) {
  const common = { compile_result: null, executor_pod_name: null, files: "files" in came ? came.files : {} };
  if ("broken" in came) return { ...common, status: "SandboxError", message: came.broken, run_result: null };
  const { stdout = "", stderr = "", returnCode = 0, seconds = 0.02, overdue = false } = came;
  const run = overdue
    ? { status: "TimeLimitExceeded", execution_time: seconds, return_code: null, stdout, stderr }
    : { status: "Finished", execution_time: seconds, return_code: returnCode, stdout, stderr };
  return { ...common, status: overdue || returnCode !== 0 ? "Failed" : "Success", message: "", run_result: run };
}
