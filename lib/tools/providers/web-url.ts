/** The address when it is one of the web, else null: what a service lists may as well be `javascript:` or a path. */
export function webUrl(text: string | null | undefined): string | null {
  const url = URL.parse(text?.trim() ?? "");
  return url && (url.protocol === "http:" || url.protocol === "https:") ? url.href : null;
}
