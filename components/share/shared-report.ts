import type { Report } from "#lib/domain/report.ts";

/** What has to be known of a report to share it. */
export type SharedReport = Pick<Report, "id" | "version" | "sources" | "readOnly">;
