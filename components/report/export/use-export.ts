import { useState } from "react";
import { fetchFile } from "#lib/client/fetch-file.ts";
import { saveFile } from "#lib/client/save-file.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";

/** What became of an export that was asked for. */
export type ExportJob =
  | { state: "making"; since: string }
  | { state: "saved"; at: string; name: string; bytes: number }
  | { state: "failed"; why: string };

/** Exports by format. Reading goes on meanwhile; a second press while one is made does nothing. */
export function useExport(reportId: string) {
  const [jobs, setJobs] = useState<Readonly<Record<string, ExportJob>>>({});
  const note = (format: string, job: ExportJob) => setJobs((known) => ({ ...known, [format]: job }));
  const make = async (format: string) => {
    if (jobs[format]?.state === "making") return;
    note(format, { state: "making", since: new Date().toISOString() });
    try {
      const { name, blob } = await fetchFile(`/api/reports/${reportId}/export/${format}`);
      saveFile(name, blob);
      note(format, { state: "saved", at: new Date().toISOString(), name, bytes: blob.size });
    } catch (error) {
      note(format, { state: "failed", why: sayRefusal(error) });
    }
  };
  return { jobs, make };
}
