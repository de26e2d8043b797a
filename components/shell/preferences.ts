import type { Theme } from "./theme-choice.tsx";

interface Jar {
  get: (name: string) => { value: string } | undefined;
}

/** What this browser wants: cookies may hold anything, so everything unknown falls back. */
export function themeFrom(jar: Jar): Theme {
  const value = jar.get("theme")?.value;
  return value === "light" || value === "dark" ? value : "system";
}

export function timeZoneFrom(jar: Jar): string {
  const value = jar.get("time_zone")?.value ?? "UTC";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
