"use client";

import { CircleCheck, Download, FileText, TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";
import { useReading, useReadingStore, useReport } from "#components/report/reading.tsx";
import { Button } from "#components/ui/button.tsx";
import { icon, smallIcon } from "#components/ui/icon.ts";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuRow } from "#components/ui/menu-row.tsx";
import { byteSize } from "#lib/std/byte-size.ts";
import { type ExportFormat, exportFormats } from "./export-formats.ts";
import { type ExportJob, useExport } from "./use-export.ts";

/** Every form in which the report can be taken away. A file is made while the reading goes on; what failed says why and offers another form. */
export function ExportMenu() {
  const { id, runId } = useReport();
  const store = useReadingStore();
  const isOpen = useReading((state) => state.menu === "export");
  const { jobs, make } = useExport(id);
  const making = Object.values(jobs).some((job) => job.state === "making");
  return (
    <Menu
      label="Export"
      open={isOpen}
      onOpenChange={(open) => store.set({ menu: open ? "export" : null })}
      trigger={
        <Button look="quiet" aria-keyshortcuts="e">
          {making ? <span className="pulse mx-1 text-accent" aria-hidden="true" /> : <Download {...icon} />}
          <span className="max-sm:sr-only">Export</span>
        </Button>
      }
    >
      {exportFormats.map((format) => (
        <FormatRow
          key={format.id}
          format={format}
          job={jobs[format.id]}
          href={`/api/reports/${id}/export/${format.id}`}
          onMake={() => void make(format.id)}
        />
      ))}
      <hr className="mx-2 my-1.5 border-line" />
      <MenuRow
        symbol={<FileText {...icon} />}
        words="Trace"
        side="jsonl"
        note="Every event of the run"
        link={(inside) => (
          <a href={`/api/runs/${runId}/export/trace`} download>
            {inside}
          </a>
        )}
      />
    </Menu>
  );
}

interface FormatRowProps {
  format: ExportFormat;
  job: ExportJob | undefined;
  href: string;
  onMake: () => void;
}

function FormatRow({ format: { name, note, extension }, job, href, onMake }: FormatRowProps) {
  const make = (event: MouseEvent) => {
    event.preventDefault(); // neither a page of its own nor the end of the menu: it says what becomes of the file
    onMake();
  };
  return (
    <MenuRow
      symbol={<JobMark job={job} />}
      words={job?.state === "making" ? `Making ${name}` : name}
      side={<JobSide job={job} extension={extension} />}
      note={<JobNote job={job} note={note} isMarkdown={extension === "md"} />}
      link={(inside) => (
        <a href={href} download onClick={make}>
          {inside}
        </a>
      )}
    />
  );
}

function JobMark({ job }: { job: ExportJob | undefined }) {
  if (!job) return <FileText {...icon} className="text-ink-3" />;
  if (job.state === "making") return <span className="pulse m-1 block text-accent" aria-hidden="true" />;
  return job.state === "saved" ? (
    <CircleCheck {...icon} className="text-quoted" />
  ) : (
    <TriangleAlert {...icon} className="text-unsupported" />
  );
}

function JobSide({ job, extension }: { job: ExportJob | undefined; extension: string }) {
  if (job?.state === "making") return <LiveDuration since={job.since} />;
  return job?.state === "saved" ? byteSize(job.bytes) : extension;
}

function JobNote({ job, note, isMarkdown }: { job: ExportJob | undefined; note: string; isMarkdown: boolean }) {
  if (!job) return note;
  if (job.state === "making") return <span role="status">You can go on reading.</span>;
  if (job.state === "saved") return <span role="status">Saved: {job.name}</span>;
  return (
    <span role="alert">
      <TriangleAlert {...smallIcon} className="mr-1 inline text-unsupported" />
      Not made. {job.why} {isMarkdown ? "Press to try again." : "Press to try again, or take the Markdown: it holds the full text."}
    </span>
  );
}
