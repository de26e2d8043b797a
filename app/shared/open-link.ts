import type { Share } from "#lib/domain/share.ts";
import type { OpenLink } from "#lib/reports/html-document/open-link.ts";
import { fileFormats } from "./file-formats.ts";

/** What the pages under a link say of it. */
export const openLink = ({ scope, indexable, expiresAt }: Share, base: string): OpenLink => ({
  base,
  scope,
  indexable,
  expiresAt,
  files: Object.entries(fileFormats).map(([format, name]) => ({ format, name })),
});
