import type { Report } from "#lib/domain/report.ts";
import { frame } from "./html-document/frame.ts";
import { html } from "./html-document/markup.ts";
import { filePolicy } from "./html-document/policy.ts";
import { reportBody } from "./html-document/report-body.ts";
import { reportLanguage } from "./html-document/report-language.ts";

/**
 * A report as one HTML file: it needs nothing else, opens from a disk, runs no script and calls no site. The same report gives the same bytes.
 * What a policy can forbid, its own forbids. `figures` holds the bytes of its pictures, PNGs, by number; one that is missing is left out.
 */
export function toHtmlDocument(report: Report, figures: ReadonlyMap<number, Uint8Array> = new Map()): string {
  const language = reportLanguage(report.markdown);
  const figure = (n: number) => {
    const bytes = figures.get(n);
    return bytes ? `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` : null;
  };
  return frame({
    language,
    title: report.question.slice(0, 120),
    head: html`<meta http-equiv="Content-Security-Policy" content="${filePolicy}">`,
    mast: html`<span>Report, version ${report.version}</span>`,
    main: reportBody(report, language, { cited: () => null, read: () => null, figure }),
    foot: html`<p>Made with Dossier. This file runs no script and calls no site.</p>`,
  });
}
