import type { Paper, ScholarDetails } from "#lib/domain/tool-details.ts";
import { count } from "./count.ts";

/** The papers of a search, each with where it can be read. */
export function PapersFound({ details }: { details: ScholarDetails }) {
  const papers = [...new Map(details.queries.flatMap((query) => query.papers).map((paper) => [paper.url, paper])).values()];
  if (papers.length === 0) return <p className="text-ink-2">No provider found anything. The model was told; nothing is made up.</p>;
  return papers.map((paper) => <PaperRow key={paper.url} paper={paper} />);
}

function PaperRow({ paper }: { paper: Paper }) {
  const facts = [paper.publication, paper.year, paper.citedBy === undefined ? null : `cited ${count(paper.citedBy, "time")}`];
  return (
    <div className="grid gap-px">
      <Link url={paper.url}>{paper.title || paper.url}</Link>
      <span className="text-xs text-ink-3">{facts.filter(Boolean).join(" · ")}</span>
      {paper.pdfUrl && (
        <span className="truncate text-xs text-ink-3">
          PDF: <Link url={paper.pdfUrl}>{paper.pdfUrl}</Link>
        </span>
      )}
      {paper.snippet && <p className="max-w-2xl text-ink-2">{paper.snippet}</p>}
    </div>
  );
}

function Link({ url, children }: { url: string; children: string }) {
  if (!/^https?:/i.test(url)) return <span className="font-medium">{children}</span>;
  return (
    <a className="font-medium hover:underline" href={url} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  );
}
