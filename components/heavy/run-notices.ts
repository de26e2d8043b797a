import type { NoticeView, RowView } from "#lib/domain/run-view.ts";

/** What concerns the whole of a Heavy run. Of what every lane met at once, the longest wait is told, once. */
export function runNotices(rows: readonly (RowView | undefined)[]): NoticeView[] {
  const told: NoticeView[] = [];
  for (const row of rows) {
    if (row?.kind !== "notice") continue;
    const last = told.at(-1);
    if (row.notice === "model-back" && last?.notice === "model-back" && last.back === row.back) {
      if (row.waitedMs > last.waitedMs) told[told.length - 1] = row;
    } else told.push(row);
  }
  return told;
}
