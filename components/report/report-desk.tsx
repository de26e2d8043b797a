import Link from "next/link";
import type { ReactNode } from "react";
import { TopBar } from "#components/shell/top-bar.tsx";
import type { Report } from "#lib/domain/report.ts";
import { AskInvitation } from "./ask-invitation.tsx";
import { Contents, type ContentsEntry } from "./contents.tsx";
import { ExportMenu } from "./export/export-menu.tsx";
import { Ledger } from "./ledger.tsx";
import { PrintedSources } from "./printed-sources.tsx";
import { ReadingProvider } from "./reading.tsx";
import type { ReportFacts } from "./report-facts.ts";
import { ReportHeader } from "./report-header.tsx";
import { ReportSheets } from "./report-sheets.tsx";
import { ReportText } from "./report-text.tsx";
import { ShareControl } from "./share-control.tsx";
import { NextVersion } from "./versions/next-version.tsx";
import { VersionMenu } from "./versions/version-menu.tsx";
import { WriteAgainControl } from "./versions/write-again-control.tsx";

export interface ReportDeskProps {
  report: Report;
  facts: ReportFacts;
  sessionTitle: string;
  /** From `toHtml`: sanitized, with the marks as buttons. */
  html: string;
  contents: ContentsEntry[];
  /** Of a Heavy run: where its lanes agree. */
  children?: ReactNode;
}

/** A report: contents, the text, and beside it its claims, its sources and questions about it. */
export function ReportDesk({ report, facts, sessionTitle, html, contents, children }: ReportDeskProps) {
  return (
    <ReadingProvider report={facts}>
      <TopBar>
        <Link
          href={`/sessions/${report.sessionId}`}
          className="inline-flex min-h-8 min-w-0 flex-1 items-center font-semibold text-ink no-underline pointer-coarse:min-h-11"
        >
          <span className="truncate">{sessionTitle}</span>
        </Link>
        <VersionMenu />
        <ExportMenu />
        <ShareControl />
        <WriteAgainControl />
      </TopBar>
      <NextVersion />
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
          <ReportHeader report={report} facts={facts} compared={Boolean(children)} />
          <ReportText>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by toHtml, which lets nothing through but text, structure and our marks */}
            <article id="answer" className="prose mt-7" dangerouslySetInnerHTML={{ __html: html }} />
          </ReportText>
          {children}
          <AskInvitation />
          <PrintedSources sources={report.sources} />
        </main>
        <aside
          aria-label="Claims, sources and questions"
          data-screen
          className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] self-start overflow-auto overscroll-contain border-l [contain:content] border-line bg-canvas px-4 lg:block"
        >
          <Ledger />
        </aside>
      </div>
      <ReportSheets contents={contents} />
    </ReadingProvider>
  );
}
