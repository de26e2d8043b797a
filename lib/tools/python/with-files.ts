import type { Answer } from "#lib/tools/providers/provider.ts";
import type { FilledJob, JobFile, PythonJob, PythonResult } from "./python-job.ts";

/**
 * Of all files of a job together. Bubblewrap's disk has 256 MB, which a script wants some of; in Pyodide they are held twice; for
 * SandboxFusion they become one text, of which 512 MB is the most there can be.
 */
const mostBytes = 100_000_000;

/**
 * Fetches the files of a job now that its turn has come, and runs it with them. What does not fit is left out, and said where the script's
 * errors are told: a script that misses a file finds there why.
 */
export async function withFiles(job: PythonJob, run: (job: FilledJob) => Promise<Answer<PythonResult>>): Promise<Answer<PythonResult>> {
  const { fitting, leftOut } = divide(job.files);
  const fetched = await Promise.all(fitting.map(async ({ name, bytes }) => ({ name, bytes: await bytes() })));
  const answer = await run({ ...job, files: fetched.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : [])) });
  if (!answer.ok || leftOut.length === 0) return answer;
  const { stderr } = answer.value;
  const note = `[Not in the working directory, because all files together are too large: ${leftOut.map(({ name }) => name).join(", ")}]\n`;
  return { ok: true, value: { ...answer.value, stderr: { ...stderr, head: note + stderr.head } } };
}

/** In their order: a file that is too large does not keep a smaller one out. */
function divide(files: readonly JobFile[]): { fitting: JobFile[]; leftOut: JobFile[] } {
  const fitting: JobFile[] = [];
  const leftOut: JobFile[] = [];
  let room = mostBytes;
  for (const file of files) {
    if (file.size > room) {
      leftOut.push(file);
      continue;
    }
    room -= file.size;
    fitting.push(file);
  }
  return { fitting, leftOut };
}
