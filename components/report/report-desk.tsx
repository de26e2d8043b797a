import { Download } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { TopBar } from "#components/shell/top-bar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import type { Report } from "#lib/domain/report.ts";
import { CitationLayer } from "./citation-layer.tsx";
import { Contents, type ContentsEntry } from "./contents.tsx";
import { Ledger } from "./ledger.tsx";
import { PrintedSources } from "./printed-sources.tsx";
import { ReadingProvider } from "./reading.tsx";
import { ReportHeader } from "./report-header.tsx";
import { ReportSheets } from "./report-sheets.tsx";

export interface ReportDeskProps {
  report: Report;
  sessionTitle: string;
  /** From `toHtml`: sanitized, with the marks as buttons. */
  html: string;
  contents: ContentsEntry[];
  /** Of a Heavy run: where its lanes agree. */
  children?: ReactNode;
}

/** A report: contents, the text, and the ledger of its claims. */
export function ReportDesk({ report, sessionTitle, html, contents, children }: ReportDeskProps) {
  const { id, citations, sources, readOnly } = report;
  return (
    <ReadingProvider report={{ id, citations, sources, readOnly }}>
      <TopBar>
        <Link href={`/sessions/${report.sessionId}`} className="min-w-0 flex-1 truncate font-semibold text-ink no-underline">
          {sessionTitle}
        </Link>
        <a className={buttonClass("quiet")} href={`/api/reports/${id}/export/md`} download>
          <Download {...icon} />
          <span>
            <span className="max-sm:sr-only">Export as </span>Markdown
          </span>
        </a>
      </TopBar>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] bg-surface lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[13.5rem_minmax(0,1fr)_25rem] print:block">
        <nav
          aria-label="Contents"
          data-screen
          className="sticky top-13 hidden max-h-[calc(100dvh-3.25rem)] self-start overflow-auto py-8 pr-2 pl-5 xl:block"
        >
          {contents.length > 0 && <p className="px-3 pb-2 text-xs font-medium text-ink-3">Contents</p>}
          <Contents entries={contents} />
        </nav>
        <main
          id="main"
          className="mx-auto w-full max-w-[calc(var(--container-read)+4rem)] px-4 pt-8 pb-12 md:px-8 md:pt-11 md:pb-16 print:max-w-none print:p-0"
        >
          <ReportHeader report={report} compared={Boolean(children)} />
          <CitationLayer>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by toHtml, which lets nothing through but text, structure and our marks */}
            <article className="prose mt-7" dangerouslySetInnerHTML={{ __html: html }} />
          </CitationLayer>
          {children}
          <PrintedSources sources={sources} />
        </main>
        <aside
          aria-label="Claims and sources"
          data-screen
          className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] self-start overflow-auto border-l border-line bg-canvas px-4 lg:block"
        >
          <Ledger />
        </aside>
      </div>
      <ReportSheets contents={contents} />
    </ReadingProvider>
  );
}
