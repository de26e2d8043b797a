import { expect, test } from "vitest";
import { themeFrom, timeZoneFrom } from "./preferences.ts";

const jar = (values: Record<string, string>) => ({
  get: (name: string) => (values[name] === undefined ? undefined : { value: values[name] }),
});

test("a cookie that holds nonsense falls back", () => {
  expect(themeFrom(jar({ theme: "dark" }))).toBe("dark");
  expect(themeFrom(jar({ theme: '"><script>' }))).toBe("system");
  expect(themeFrom(jar({}))).toBe("system");
  expect(timeZoneFrom(jar({ time_zone: "Europe/Berlin" }))).toBe("Europe/Berlin");
  expect(timeZoneFrom(jar({ time_zone: "Nowhere/Land" }))).toBe("UTC");
});
