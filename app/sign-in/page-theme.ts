import { themeFrom } from "#components/shell/preferences.ts";
import type { Theme } from "./sign-in-page.ts";

/** The theme that this browser chose, from its cookie. */
export function pageTheme(request: Request): Theme {
  const pairs = (request.headers.get("cookie") ?? "").split(/; */).map((pair) => pair.split("=", 2));
  return themeFrom({ get: (name) => pairs.flatMap(([key, value]) => (key === name && value ? [{ value }] : []))[0] });
}
